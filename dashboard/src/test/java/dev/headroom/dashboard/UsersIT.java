package dev.headroom.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.access.Users;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.test.web.reactive.server.FluxExchangeResult;
import org.springframework.test.web.reactive.server.StatusAssertions;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

/** People: who may read, who may change, and when a login ends. */
class UsersIT {
    private static final String GOOD = "correct horse battery";
    private static final String SESSION = "headroom-login";

    @TempDir
    Path directory;

    private static FluxExchangeResult<String> login(StartedDashboard dashboard, String name, String password) {
        return dashboard
                .client()
                .post()
                .uri("/login")
                .accept(MediaType.TEXT_HTML)
                .body(BodyInserters.fromFormData("user", name)
                        .with("password", password)
                        .with("next", "/routes?q=a"))
                .exchange()
                .returnResult(String.class);
    }

    private static String session(StartedDashboard dashboard, String name) {
        FluxExchangeResult<String> answer = login(dashboard, name, GOOD);
        assertThat(answer.getStatus().value()).isEqualTo(303);
        assertThat(answer.getResponseHeaders().getLocation()).hasToString("/routes?q=a");
        ResponseCookie cookie = answer.getResponseCookies().getFirst(SESSION);
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualToIgnoringCase("Lax");
        return cookie.getValue();
    }

    private static int status(WebTestClient.RequestHeadersSpec<?> request, String session) {
        return request.cookie(SESSION, session)
                .exchange()
                .returnResult(byte[].class)
                .getStatus()
                .value();
    }

    @Test
    void fromTheFirstUserOnEverybodyLogsIn() {
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            WebTestClient anyone = dashboard.client();
            anyone.get().uri("/api/v1/services").exchange().expectStatus().isOk();
            dashboard.bean(Users.class).create("anna", "admin", GOOD, "test");
            anyone.get().uri("/api/v1/services").exchange().expectStatus().isUnauthorized();
            anyone.get().uri("/health").exchange().expectStatus().isOk();
            anyone.get().uri("/health/detailed").exchange().expectStatus().isUnauthorized();
            assertThat(login(dashboard, "anna", "wrong password").getStatus().value())
                    .isEqualTo(401);
            assertThat(login(dashboard, "nobody", GOOD).getStatus().value()).isEqualTo(401);
            assertThat(status(anyone.get().uri("/"), session(dashboard, "anna")))
                    .isEqualTo(200);
        }
    }

    @Test
    void viewersReadAndAdminsChange() {
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            Users users = dashboard.bean(Users.class);
            users.create("anna", "admin", GOOD, "test");
            users.create("vito", "viewer", GOOD, "test");
            WebTestClient client = dashboard.client();
            String admin = session(dashboard, "anna");
            String viewer = session(dashboard, "vito");
            for (String page : new String[] {"/", "/routes", "/instances", "/account", "/api/v1/orders"}) {
                assertThat(status(client.get().uri(page), viewer)).as(page).isEqualTo(200);
            }
            for (String page : new String[] {"/access", "/api/v1/tokens", "/api/v1/users"}) {
                assertThat(status(client.get().uri(page), viewer)).as(page).isEqualTo(403);
                assertThat(status(client.get().uri(page), admin)).as(page).isEqualTo(200);
            }
            assertThat(status(client.delete().uri("/api/v1/orders?service=shop"), viewer))
                    .isEqualTo(403);
            assertThat(status(client.delete().uri("/api/v1/orders?service=shop"), admin))
                    .isEqualTo(404);
            assertThat(status(client.delete().uri("/api/v1/users/anna"), viewer))
                    .isEqualTo(403);
            assertThat(status(client.post().uri("/v1/metrics"), viewer)).isEqualTo(403);
        }
    }

    @Test
    void aLoginEndsWithLogoutWithAnotherPasswordAndWithTheUser() {
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            Users users = dashboard.bean(Users.class);
            users.create("anna", "admin", GOOD, "test");
            users.create("vito", "viewer", GOOD, "test");
            WebTestClient client = dashboard.client();
            String first = session(dashboard, "vito");
            assertThat(status(client.post().uri("/logout"), first)).isEqualTo(303);
            assertThat(status(client.get().uri("/"), first)).isEqualTo(401);

            String second = session(dashboard, "vito");
            users.change("vito", "admin", null, "test");
            assertThat(status(client.get().uri("/"), second)).isEqualTo(401);

            String third = session(dashboard, "vito");
            users.remove("vito", "test");
            assertThat(status(client.get().uri("/"), third)).isEqualTo(401);
        }
    }

    @Test
    void aSessionKnownBeforeTheLoginIsNotTheLogins() {
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            dashboard.bean(Users.class).create("anna", "admin", GOOD, "test");
            String before = session(dashboard, "anna");
            ResponseCookie after = dashboard
                    .client()
                    .post()
                    .uri("/login")
                    .cookie(SESSION, before)
                    .body(BodyInserters.fromFormData("user", "anna").with("password", GOOD))
                    .exchange()
                    .returnResult(String.class)
                    .getResponseCookies()
                    .getFirst(SESSION);
            assertThat(after.getValue()).isNotEqualTo(before);
            assertThat(status(dashboard.client().get().uri("/"), before)).isEqualTo(401);
        }
    }

    @Test
    void guessingIsSlowedDownAndToldWhenToComeBack() {
        try (StartedDashboard dashboard =
                StartedDashboard.on(directory, "--headroom.access.limits.logins-per-minute=3")) {
            dashboard.bean(Users.class).create("anna", "admin", GOOD, "test");
            FluxExchangeResult<String> last = null;
            for (int i = 0; i < 6; i++) {
                last = login(dashboard, "anna", "guess number " + i);
            }
            assertThat(last.getStatus().value()).isEqualTo(429);
            assertThat(last.getResponseHeaders().getFirst("Retry-After")).matches("[1-9][0-9]*");
        }
    }

    @Test
    void anAdminWorksOverTheApi() {
        try (StartedDashboard dashboard = StartedDashboard.on(directory, "--headroom.token=master-secret")) {
            WebTestClient admin = dashboard.client("master-secret");
            post(admin, "/api/v1/users", "{\"name\":\"anna\",\"role\":\"admin\",\"password\":\"short\"}")
                    .isBadRequest();
            post(admin, "/api/v1/users", "{\"name\":\"anna\",\"role\":\"admin\",\"password\":\"" + GOOD + "\"}")
                    .isCreated();
            admin.delete().uri("/api/v1/users/anna").exchange().expectStatus().isBadRequest();
            admin.delete().uri("/api/v1/users/none").exchange().expectStatus().isNotFound();
            admin.get()
                    .uri("/api/v1/users")
                    .exchange()
                    .expectBody(String.class)
                    .value(users -> assertThat(users).contains("anna").doesNotContain("bcrypt"));
            post(admin, "/api/v1/tokens", "{\"service\":\"shop\"}").isCreated();
            post(admin, "/api/v1/tokens", "{\"scope\":\"all\"}").isBadRequest();
            admin.get()
                    .uri("/api/v1/tokens")
                    .exchange()
                    .expectBody(String.class)
                    .value(tokens -> assertThat(tokens).contains("\"shop\"").doesNotContain("hrt_", "sha256"));
        }
    }

    private static StatusAssertions post(WebTestClient client, String path, String json) {
        return client.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json)
                .exchange()
                .expectStatus();
    }
}
