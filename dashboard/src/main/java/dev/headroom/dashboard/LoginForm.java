package dev.headroom.dashboard;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.HtmlUtils;

/** Asks a browser for the token, once. It must work before anything else of the dashboard may be seen, so it stands alone. */
final class LoginForm {
    private LoginForm() {}

    /** True for a person's browser that opens a page or has just sent the form. */
    static boolean wantedBy(ServerHttpRequest request) {
        boolean page = HttpMethod.GET.equals(request.getMethod())
                || request.getPath().value().equals(AccessFilter.LOGIN);
        return page
                && request.getHeaders().getAccept().stream()
                        .anyMatch(type -> type.equalsTypeAndSubtype(MediaType.TEXT_HTML));
    }

    static String page(ServerHttpRequest request, String problem) {
        boolean login = request.getPath().value().equals(AccessFilter.LOGIN);
        String query = request.getURI().getRawQuery();
        String next = login ? "/" : request.getURI().getRawPath() + (query == null ? "" : "?" + query);
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>Headroom</title>
                <style>
                body { font: 16px/1.5 system-ui, sans-serif; display: grid; place-content: center; min-height: 90vh; margin: 1rem }
                form { display: grid; gap: .75rem; width: min(22rem, 90vw) }
                input, button { font: inherit; padding: .5rem .75rem }
                </style>
                </head>
                <body>
                <form method="post" action="%s">
                <h1>Headroom</h1>
                <label for="token">Token of this dashboard</label>
                <input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
                <input name="next" type="hidden" value="%s">
                <button>Open</button>
                <p role="alert">%s</p>
                <p>It is the setting headroom.token (HEADROOM_TOKEN) that the dashboard was started with.</p>
                </form>
                </body>
                </html>
                """.formatted(AccessFilter.LOGIN, HtmlUtils.htmlEscape(next), HtmlUtils.htmlEscape(problem));
    }
}
