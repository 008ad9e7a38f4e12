package dev.headroom.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Login at an OpenID provider: discovery, code flow with PKCE where asked for, signed identity, role by claim. */
class ProviderIT {
    @TempDir
    Path directory;

    private static StartedDashboard dashboard(Path directory, OpenIdProvider provider) {
        String client = "--spring.security.oauth2.client.";
        return StartedDashboard.on(
                directory,
                client + "registration.house.client-id=headroom",
                client + "registration.house.client-secret=provider-secret",
                client + "registration.house.client-name=House",
                client + "registration.house.scope=openid,profile",
                client + "provider.house.issuer-uri=" + provider.issuer(),
                "--headroom.access.oidc.claim=realm_access.roles",
                "--headroom.access.oidc.admin=ops");
    }

    private static HttpClient browser() {
        return HttpClient.newBuilder()
                .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    private static HttpResponse<String> get(HttpClient browser, StartedDashboard dashboard, String path)
            throws Exception {
        return browser.send(
                HttpRequest.newBuilder(URI.create(dashboard.url() + path))
                        .header("Accept", "text/html")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theClaimSaysWhoIsWhat() throws Exception {
        try (OpenIdProvider provider = OpenIdProvider.start();
                StartedDashboard dashboard = dashboard(directory, provider)) {
            HttpClient stranger = browser();
            HttpResponse<String> asked = get(stranger, dashboard, "/");
            assertThat(asked.statusCode()).isEqualTo(401);
            assertThat(asked.body()).contains("/oauth2/authorization/house").contains("Log in with House");

            provider.person("anna", Map.of("realm_access", Map.of("roles", List.of("x", "ops"))));
            HttpClient anna = browser();
            assertThat(get(anna, dashboard, "/oauth2/authorization/house").statusCode())
                    .isEqualTo(200);
            assertThat(get(anna, dashboard, "/").body()).contains("anna").contains("Log out");
            assertThat(get(anna, dashboard, "/access").statusCode()).isEqualTo(200);

            provider.person("vito", Map.of("realm_access", Map.of("roles", List.of("headroom-viewer"))));
            HttpClient vito = browser();
            get(vito, dashboard, "/oauth2/authorization/house");
            assertThat(get(vito, dashboard, "/").statusCode()).isEqualTo(200);
            assertThat(get(vito, dashboard, "/access").statusCode()).isEqualTo(403);

            provider.person("mallory", Map.of("realm_access", Map.of("roles", List.of("guest"))));
            HttpClient mallory = browser();
            HttpResponse<String> refused = get(mallory, dashboard, "/oauth2/authorization/house");
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("mallory has no role");
            assertThat(get(mallory, dashboard, "/").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void anIdentityThatTheProviderDidNotSignIsRefused() throws Exception {
        try (OpenIdProvider provider = OpenIdProvider.start();
                StartedDashboard dashboard = dashboard(directory, provider)) {
            provider.person("anna", Map.of("realm_access", Map.of("roles", List.of("ops"))));
            provider.forge();
            HttpClient anna = browser();
            assertThat(get(anna, dashboard, "/oauth2/authorization/house").statusCode())
                    .isEqualTo(401);
            assertThat(get(anna, dashboard, "/").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void anAnswerThatNobodyAskedForIsRefused() throws Exception {
        try (OpenIdProvider provider = OpenIdProvider.start();
                StartedDashboard dashboard = dashboard(directory, provider)) {
            HttpClient anna = browser();
            assertThat(get(anna, dashboard, "/login/oauth2/code/house?code=c&state=forged")
                            .statusCode())
                    .isEqualTo(401);
        }
    }
}
