package dev.headroom.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

class AccessIT {
    private static final String SERVICES = "/api/v1/services";

    @TempDir
    Path directory;

    @Test
    void withoutATokenOnlyNamesOfThisMachineAreServed() {
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            WebTestClient client = dashboard.client();
            client.get().uri(SERVICES).exchange().expectStatus().isOk();
            client.get()
                    .uri(SERVICES)
                    .header(HttpHeaders.HOST, "localhost:4318")
                    .exchange()
                    .expectStatus()
                    .isOk();
            client.get()
                    .uri(SERVICES)
                    .header(HttpHeaders.HOST, "evil.example")
                    .exchange()
                    .expectStatus()
                    .isForbidden();
            client.get()
                    .uri(SERVICES)
                    .header(HttpHeaders.HOST, "127.0.0.1.evil.example")
                    .exchange()
                    .expectStatus()
                    .isForbidden();
        }
    }

    @Test
    void pagesOfOthersChangeNothing() {
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            WebTestClient client = dashboard.client();
            String order = "/api/v1/orders?service=shop";
            for (String[] header : new String[][] {
                {"Origin", "http://evil.example"},
                {"Origin", "null"},
                {"Origin", "http://localhost:1"},
                {"Sec-Fetch-Site", "cross-site"},
                {"Sec-Fetch-Site", "same-site"}
            }) {
                client.delete()
                        .uri(order)
                        .header(header[0], header[1])
                        .exchange()
                        .expectStatus()
                        .isForbidden();
            }
            for (String[] header : new String[][] {
                {"Origin", dashboard.url()},
                {"Sec-Fetch-Site", "same-origin"},
                {"Sec-Fetch-Site", "none"},
                {"X-No", "1"}
            }) {
                client.delete()
                        .uri(order)
                        .header(header[0], header[1])
                        .exchange()
                        .expectStatus()
                        .isNotFound();
            }
            client.get()
                    .uri(SERVICES)
                    .header("Sec-Fetch-Site", "cross-site")
                    .exchange()
                    .expectStatus()
                    .isOk();
        }
    }

    @Test
    void withATokenEveryPathAsksForIt() {
        try (StartedDashboard dashboard = StartedDashboard.on(directory, "--headroom.token=s3cret")) {
            WebTestClient anyone = dashboard.client();
            anyone.get().uri(SERVICES).exchange().expectStatus().isUnauthorized();
            anyone.post()
                    .uri("/v1/metrics")
                    .contentType(MediaType.parseMediaType("application/x-protobuf"))
                    .exchange()
                    .expectStatus()
                    .isUnauthorized();
            anyone.get().uri("/actuator/prometheus").exchange().expectStatus().isUnauthorized();
            dashboard
                    .client("wrong")
                    .get()
                    .uri(SERVICES)
                    .exchange()
                    .expectStatus()
                    .isUnauthorized();
            dashboard
                    .client("s3cret")
                    .get()
                    .uri(SERVICES)
                    .exchange()
                    .expectStatus()
                    .isOk();
            dashboard
                    .client("s3cret")
                    .post()
                    .uri("/v1/metrics")
                    .contentType(MediaType.parseMediaType("application/x-protobuf"))
                    .exchange()
                    .expectStatus()
                    .isOk();
        }
    }

    @Test
    void aBrowserLogsInOnceAndIsSentBackToItsPage() {
        try (StartedDashboard dashboard = StartedDashboard.on(directory, "--headroom.token=s3cret")) {
            WebTestClient browser = dashboard.client();
            browser.get()
                    .uri("/routes?service=a")
                    .accept(MediaType.TEXT_HTML)
                    .exchange()
                    .expectStatus()
                    .isUnauthorized()
                    .expectBody(String.class)
                    .value(page -> assertThat(page).contains("<form").contains("/routes?service=a"));
            browser.post()
                    .uri("/login")
                    .accept(MediaType.TEXT_HTML)
                    .body(BodyInserters.fromFormData("token", "wrong"))
                    .exchange()
                    .expectStatus()
                    .isUnauthorized();
            ResponseCookie cookie = browser.post()
                    .uri("/login")
                    .body(BodyInserters.fromFormData("token", "s3cret").with("next", "/routes?service=a"))
                    .exchange()
                    .expectStatus()
                    .isSeeOther()
                    .expectHeader()
                    .location("/routes?service=a")
                    .returnResult(Void.class)
                    .getResponseCookies()
                    .getFirst("headroom");

            assertThat(cookie.isHttpOnly()).isTrue();
            assertThat(cookie.getSameSite()).isEqualTo("Strict");
            assertThat(cookie.getValue()).doesNotContain("s3cret");
            browser.get()
                    .uri(SERVICES)
                    .cookie("headroom", cookie.getValue())
                    .exchange()
                    .expectStatus()
                    .isOk();
            browser.get()
                    .uri(SERVICES)
                    .cookie("headroom", "forged")
                    .exchange()
                    .expectStatus()
                    .isUnauthorized();
            browser.get()
                    .uri("/x?service=a&token=s3cret")
                    .exchange()
                    .expectStatus()
                    .isSeeOther()
                    .expectHeader()
                    .location("/x?service=a");
        }
    }

    @Test
    void nobodyIsSentElsewhereFromTheLogin() {
        try (StartedDashboard dashboard = StartedDashboard.on(directory, "--headroom.token=s3cret")) {
            for (String elsewhere : new String[] {"//evil.example/", "https://evil.example/", "/\\evil.example"}) {
                dashboard
                        .client()
                        .post()
                        .uri("/login")
                        .body(BodyInserters.fromFormData("token", "s3cret").with("next", elsewhere))
                        .exchange()
                        .expectHeader()
                        .location("/");
            }
        }
    }

    @Test
    void beyondLoopbackItDoesNotStartWithoutCredentials() {
        assertThatThrownBy(() -> StartedDashboard.on(directory, "--server.address=0.0.0.0")
                        .close())
                .rootCause()
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("without credentials")
                .extracting(failure -> ((StartRefusedException) failure).action())
                .asString()
                .contains("HEADROOM_TOKEN=")
                .contains("user create");
    }

    @Test
    void aSecondDashboardOnTheSameStoreIsToldSo() {
        try (StartedDashboard first = StartedDashboard.on(directory)) {
            assertThat(first.port()).isPositive();
            assertThatThrownBy(() -> StartedDashboard.on(directory).close())
                    .rootCause()
                    .hasMessageContaining("in use by another dashboard")
                    .hasMessageContaining("HEADROOM_STORE_PATH");
        }
    }
}
