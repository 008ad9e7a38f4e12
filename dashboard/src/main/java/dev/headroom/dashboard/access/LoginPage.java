package dev.headroom.dashboard.access;

import java.util.List;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.HtmlUtils;

/**
 * Asks a person who it is: by name and password where there are users, by {@code headroom.token}, at a provider. It must work before
 * anything else of the dashboard may be seen, so it needs the style sheet only. Immutable.
 */
final class LoginPage {
    static final String PATH = "/login";

    private static final String FRAME = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>%s · Headroom</title>
            <link rel="icon" href="/favicon.svg" type="image/svg+xml">
            <link rel="stylesheet" href="/app.css">
            </head>
            <body>
            <main class="login">
            <h1>Headroom</h1>
            %s</main>
            </body>
            </html>
            """;
    private static final String PASSWORD = """
            <form method="post" action="/login">
            <label>Name <input name="user" autocomplete="username" required autofocus></label>
            <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
            <input name="next" type="hidden" value="%s">
            <button>Log in</button>
            </form>
            """;
    private static final String TOKEN = """
            <form method="post" action="/login">
            <label for="token">Token of this dashboard</label>
            <input id="token" name="token" type="password" autocomplete="current-password" required>
            <input name="next" type="hidden" value="%s">
            <button>Open</button>
            <p class="dim">It is the setting headroom.token (HEADROOM_TOKEN) that the dashboard was started with.</p>
            </form>
            """;

    private static final String NOBODY_YET = """
            <p>Nobody can log in yet. On the dashboard's machine make a first admin:</p>
            <pre>java -jar headroom-dashboard.jar user create &lt;name&gt; --role admin</pre>
            """;
    private static final String NO_LOGIN = "<p>No login is needed on this machine. <a href=\"/\">Board</a></p>\n";

    private final Credentials credentials;
    private final List<ClientRegistration> providers;

    LoginPage(Credentials credentials, List<ClientRegistration> providers) {
        this.credentials = credentials;
        this.providers = providers;
    }

    /** @param problem with the last try, or empty */
    String page(ServerWebExchange exchange, String problem) {
        boolean login = exchange.getRequest().getPath().value().startsWith(PATH);
        String query = exchange.getRequest().getURI().getRawQuery();
        String next = login ? "/" : exchange.getRequest().getURI().getRawPath() + (query == null ? "" : "?" + query);
        return page(next, problem);
    }

    String page(String next, String problem) {
        StringBuilder ways = new StringBuilder();
        if (!problem.isEmpty()) {
            ways.append("<p role=\"alert\" class=\"bad\">")
                    .append(escaped(problem))
                    .append("</p>\n");
        }
        for (ClientRegistration provider : providers) {
            ways.append("<p><a class=\"button\" href=\"/oauth2/authorization/")
                    .append(escaped(provider.getRegistrationId()))
                    .append("\">Log in with ")
                    .append(escaped(provider.getClientName()))
                    .append("</a></p>\n");
        }
        if (!credentials.users().none()) {
            ways.append(PASSWORD.formatted(escaped(next)));
        }
        if (credentials.master() != null) {
            ways.append(TOKEN.formatted(escaped(next)));
        }
        if (credentials.master() == null && credentials.users().none() && providers.isEmpty()) {
            ways.append(credentials.needed() ? NOBODY_YET : NO_LOGIN);
        }
        return FRAME.formatted("Log in", ways);
    }

    /** For somebody known who may not do this. */
    String refused(Caller caller) {
        return FRAME.formatted(
                "Not permitted",
                "<p role=\"alert\">" + escaped(caller.name()) + " may "
                        + (caller.role() == Role.VIEWER ? "read here, and only admins may do this." : "not do this.")
                        + "</p>\n<p><a href=\"/\">Board</a></p>\n");
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text);
    }
}
