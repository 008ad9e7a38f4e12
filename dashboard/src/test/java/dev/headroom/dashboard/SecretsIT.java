package dev.headroom.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.access.Tokens;
import dev.headroom.dashboard.access.Users;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

/** Uses every secret there is, rightly and wrongly, with the loggers wide open, and then reads the log. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsIT {
    private static final String MASTER = "master-s3cret-value";
    private static final String PASSWORD = "anna's s3cret password";
    private static final String CLIENT = "provider-s3cret-value";

    @TempDir
    Path directory;

    @Test
    void noSecretIsEverLogged(CapturedOutput output) throws Exception {
        String token;
        String cookie;
        String session;
        try (OpenIdProvider provider = OpenIdProvider.start();
                StartedDashboard dashboard = StartedDashboard.on(
                        directory,
                        "--headroom.token=" + MASTER,
                        "--logging.level.dev.headroom=TRACE",
                        "--logging.level.org.springframework.security=DEBUG",
                        "--logging.level.org.springframework.web=DEBUG",
                        "--spring.security.oauth2.client.registration.house.client-id=headroom",
                        "--spring.security.oauth2.client.registration.house.client-secret=" + CLIENT,
                        "--spring.security.oauth2.client.registration.house.scope=openid",
                        "--spring.security.oauth2.client.provider.house.issuer-uri=" + provider.issuer())) {
            token = dashboard
                    .bean(Tokens.class)
                    .create("ingest", "shop", "", "test")
                    .text();
            dashboard.bean(Users.class).create("anna", "admin", PASSWORD, "test");
            AgentSender sender = new AgentSender("shop");
            for (String each : List.of(token, MASTER, token + "x", MASTER + "x")) {
                sender.gauge(Metric.JVM_MEMORY_USED, Map.of(), 1).next().post(dashboard, each);
            }
            WebTestClient browser = dashboard.client();
            cookie = browser.get()
                    .uri("/?token=" + MASTER)
                    .exchange()
                    .returnResult(Void.class)
                    .getResponseCookies()
                    .getFirst("headroom")
                    .getValue();
            browser.get()
                    .uri("/?token=" + MASTER + "x")
                    .exchange()
                    .returnResult(byte[].class)
                    .getStatus();
            login(browser, "token", MASTER);
            login(browser, "token", MASTER + "x");
            session = login(browser, "password", PASSWORD);
            login(browser, "password", PASSWORD + "x");
            // Not with the test's client, which would log what it sends.
            HttpRequest user = HttpRequest.newBuilder(URI.create(dashboard.url() + "/api/v1/users"))
                    .header("Authorization", "Bearer " + MASTER)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"name\":\"vito\",\"role\":\"viewer\",\"password\":\"" + PASSWORD + "\"}"))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(user, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(201);
            browser.get()
                    .uri("/")
                    .cookie("headroom-login", session)
                    .exchange()
                    .expectStatus()
                    .isOk();
            browser.get()
                    .uri("/")
                    .cookie("headroom", cookie)
                    .exchange()
                    .expectStatus()
                    .isOk();
            browser.get()
                    .uri("/oauth2/authorization/house")
                    .exchange()
                    .expectStatus()
                    .is3xxRedirection();
        }
        assertThat(output.getAll())
                .contains("made by test")
                .doesNotContain(token.split("_", 3)[2], MASTER, PASSWORD, "s3cret", cookie, session);
    }

    private static String login(WebTestClient browser, String field, String value) {
        return browser
                .post()
                .uri("/login")
                .body(BodyInserters.fromFormData(field, value)
                        .with("user".equals(field) ? "x" : "next", "/")
                        .with("password".equals(field) ? "user" : "ignored", "anna"))
                .exchange()
                .returnResult(byte[].class)
                .getResponseCookies()
                .values()
                .stream()
                .flatMap(List::stream)
                .map(each -> each.getValue())
                .findFirst()
                .orElse("none");
    }
}
