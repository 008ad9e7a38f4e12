package dev.headroom.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A statement whose plan changed five minutes ago, on its own page. */
class PlanMarkTest {
    private static final Pattern STATEMENT = Pattern.compile("data-row=\"([0-9a-f]{16})\"");

    /** The fixture's statement as the pages name it. */
    private static final String FINGERPRINT = FixtureData.fingerprints().get(0);

    @Configuration(proxyBeanMethods = false)
    @Import(PagesApplication.class)
    static class WithAPlan {
        @Bean
        @Primary
        FixtureSettings explained() {
            FixtureSettings settings = new FixtureSettings();
            Instant now = Instant.now();
            settings.put("plan", "clinic\n" + FINGERPRINT, """
                    {"service":"clinic","fingerprint":"%s","statement":"SELECT 1","at":"%s","hash":"0000beef","changedAt":"%s",
                     "lines":["Seq Scan on visits"],"scans":[],"problem":null,
                     "changes":[{"at":"%s","from":"0000cafe","to":"0000beef"}]}""".formatted(
                            FINGERPRINT, now, now.minusSeconds(300), now.minusSeconds(300)));
            return settings;
        }
    }

    @Test
    void marksTheChangeOnTheChartOfItsStatementAndOfNoOther() {
        try (ReactiveWebServerApplicationContext server = (ReactiveWebServerApplicationContext)
                SpringApplication.run(WithAPlan.class, "--server.port=0", "--server.address=127.0.0.1")) {
            server.getBean(FixtureStore.class).append(FixtureData.windows(Instant.now(), Duration.ofMinutes(10), "a1"));
            WebTestClient client = WebTestClient.bindToServer()
                    .baseUrl("http://127.0.0.1:" + server.getWebServer().getPort())
                    .responseTimeout(Duration.ofSeconds(30))
                    .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(4 << 20))
                    .build();
            String open = body(client, "/queries?open=" + FINGERPRINT);
            assertThat(open)
                    .containsOnlyOnce("class=\"epoch plan\"")
                    .contains("plan changed to 0000beef, ", "Time of a call", "Seq Scan on visits");
            Matcher other = STATEMENT.matcher(open.replace(FINGERPRINT, ""));
            assertThat(other.find()).isTrue();
            assertThat(body(client, "/queries?open=" + other.group(1)))
                    .contains("Time of a call")
                    .doesNotContain("class=\"epoch plan\"");
        }
    }

    private static String body(WebTestClient client, String path) {
        return client.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }
}
