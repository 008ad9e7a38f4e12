package dev.headroom.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.access.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.FluxExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;

/** Every address the dashboard answers at, found in its own mappings: a new one is held to the same rules without a new test. */
class EndpointsIT {
    private static final Set<RequestMethod> READING =
            Set.of(RequestMethod.GET, RequestMethod.HEAD, RequestMethod.OPTIONS);
    /** What may be had without knowing who asks. */
    private static final Set<String> OPEN = Set.of("GET /health", "GET /actuator/health");

    /** What is asked with a body and changes nothing: how an edited budget would be judged. A reader may ask it. */
    private static final Set<String> ASKING =
            Set.of("POST /api/v1/budgets/backtest", "POST /config/budgets", "POST /config/budgets/backtest");

    private record Endpoint(HttpMethod method, String path) {
        boolean changes() {
            return !READING.contains(RequestMethod.valueOf(method.name()));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    @TempDir
    Path directory;

    private static List<Endpoint> endpoints(StartedDashboard dashboard) {
        List<Endpoint> endpoints = new ArrayList<>();
        dashboard
                .beans(RequestMappingInfoHandlerMapping.class)
                .forEach(mappings -> mappings.getHandlerMethods().keySet().forEach(mapping -> add(mapping, endpoints)));
        endpoints.add(new Endpoint(HttpMethod.POST, "/login"));
        endpoints.add(new Endpoint(HttpMethod.POST, "/logout"));
        endpoints.add(new Endpoint(HttpMethod.GET, "/actuator/prometheus"));
        endpoints.add(new Endpoint(HttpMethod.GET, "/actuator"));
        endpoints.add(new Endpoint(HttpMethod.POST, "/actuator/shutdown"));
        endpoints.add(new Endpoint(HttpMethod.GET, "/no-such-address"));
        return endpoints;
    }

    private static void add(RequestMappingInfo mapping, List<Endpoint> endpoints) {
        Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
        mapping.getPatternsCondition().getPatterns().forEach(pattern -> {
            String path = pattern.getPatternString().replaceAll("\\{[^}]*}", "x");
            (methods.isEmpty() ? Set.of(RequestMethod.GET, RequestMethod.POST) : methods)
                    .forEach(method -> endpoints.add(new Endpoint(HttpMethod.valueOf(method.name()), path)));
        });
    }

    private static FluxExchangeResult<byte[]> ask(WebTestClient client, Endpoint endpoint, String... header) {
        WebTestClient.RequestBodySpec request =
                client.method(endpoint.method).uri(endpoint.path).accept(MediaType.APPLICATION_JSON);
        if (header.length > 0) {
            request.header(header[0], header[1]);
        }
        return request.exchange().returnResult(byte[].class);
    }

    private static int status(WebTestClient client, Endpoint endpoint, String... header) {
        return ask(client, endpoint, header).getStatus().value();
    }

    @Test
    void nothingChangesForAPageOfSomebodyElse() {
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            List<Endpoint> changing =
                    endpoints(dashboard).stream().filter(Endpoint::changes).toList();
            assertThat(changing).hasSizeGreaterThan(12);
            for (Endpoint endpoint : changing) {
                WebTestClient client = dashboard.client();
                assertThat(status(client, endpoint, "Sec-Fetch-Site", "cross-site"))
                        .as("%s", endpoint)
                        .isEqualTo(403);
                assertThat(status(client, endpoint, "Sec-Fetch-Site", "same-site"))
                        .as("%s", endpoint)
                        .isEqualTo(403);
                assertThat(status(client, endpoint, HttpHeaders.ORIGIN, "https://evil.example"))
                        .as("%s", endpoint)
                        .isEqualTo(403);
                assertThat(status(client, endpoint, HttpHeaders.HOST, "evil.example"))
                        .as("%s", endpoint)
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void nobodyUnknownAndNobodyWithTheWrongRoleGetsIn() {
        try (StartedDashboard dashboard = StartedDashboard.on(
                directory, "--headroom.token=master-secret", "--headroom.access.limits.logins-per-minute=100000")) {
            Tokens tokens = dashboard.bean(Tokens.class);
            String agent = tokens.create("ingest", "shop", "", "test").text();
            String reader = tokens.create("read", null, "", "test").text();
            for (Endpoint endpoint : endpoints(dashboard)) {
                boolean login = endpoint.path.equals("/login") || endpoint.path.equals("/logout");
                if (login || OPEN.contains(endpoint.toString())) {
                    continue;
                }
                assertThat(status(dashboard.client(), endpoint))
                        .as("%s", endpoint)
                        .isEqualTo(401);
                assertThat(status(dashboard.client("hrt_0123456789ab_wrong"), endpoint))
                        .as("%s", endpoint)
                        .isEqualTo(401);
                boolean forAgents =
                        endpoint.path.startsWith("/v1/") || endpoint.toString().equals("POST /api/v1/epochs");
                if (!forAgents) {
                    assertThat(status(dashboard.client(agent), endpoint))
                            .as("an agent at %s", endpoint)
                            .isEqualTo(403);
                }
                boolean ownPassword = endpoint.path.equals("/account");
                if (ASKING.contains(endpoint.toString())) {
                    assertThat(status(dashboard.client(reader), endpoint))
                            .as("a reader at %s", endpoint)
                            .isNotIn(401, 403);
                } else if (endpoint.changes() && !ownPassword) {
                    assertThat(status(dashboard.client(reader), endpoint))
                            .as("a reader at %s", endpoint)
                            .isEqualTo(403);
                }
            }
        }
    }

    @Test
    void everyAnswerCarriesTheHeadersThatKeepItATextInTheBrowser() {
        try (StartedDashboard dashboard = StartedDashboard.on(directory, "--headroom.token=master-secret")) {
            for (Endpoint endpoint : endpoints(dashboard)) {
                if (endpoint.path.equals("/api/v1/live")) {
                    continue;
                }
                for (WebTestClient client : List.of(dashboard.client(), dashboard.client("master-secret"))) {
                    HttpHeaders headers = ask(client, endpoint).getResponseHeaders();
                    assertThat(headers.getFirst("Content-Security-Policy"))
                            .as("%s", endpoint)
                            .contains("default-src 'none'")
                            .contains("frame-ancestors 'none'")
                            .doesNotContain("unsafe", "http:", "https:", "*");
                    assertThat(headers.getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
                    assertThat(headers.getFirst("Referrer-Policy")).isEqualTo("same-origin");
                    assertThat(headers.getFirst("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
                    assertThat(headers.getFirst("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
                    assertThat(headers.getFirst("Strict-Transport-Security")).isNull();
                }
            }
        }
    }
}
