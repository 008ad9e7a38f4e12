package dev.headroom.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient;

@SpringBootTest(classes = PagesApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient
class BoardTest {
    @Autowired
    private WebTestClient client;

    @LocalServerPort
    private int port;

    @Autowired
    private FixtureStore store;

    @Autowired
    private FixtureReports reports;

    @BeforeEach
    void fill() {
        store.clear();
        store.append(FixtureData.windows(Instant.now(), Duration.ofMinutes(2), "a1"));
        reports.set(PreviewServer.report(Instant.now()));
    }

    @Test
    void showsTheWorstVerdictsFirstAndNoDataFolded() {
        String page = get("/");
        Matcher rows =
                Pattern.compile("data-row=\"([^\"|]*\\|[^\"|]*\\|[^\"|]*)\"").matcher(page);
        StringBuilder order = new StringBuilder();
        while (rows.find()) {
            order.append(rows.group(1).split("\\|", 3)[1]).append(' ');
        }
        assertThat(order.toString().strip())
                .isEqualTo("query aggregation errors list hit-ratio heap list single-read pool-wait batch delete");
        assertThat(page.indexOf("<details class=\"unjudged\"")).isPositive().isLessThan(page.indexOf("clinic|batch"));
    }

    @Test
    void tellsHowToAttachTheFirstAgentWhileNothingHasReported() {
        store.clear();
        reports.set();
        assertThat(get("/")).contains("-javaagent:headroom-agent.jar=endpoint=http://", "data-page=\"setup\"");
    }

    @Test
    void linksToTheBudgetAndKeepsTheRange() {
        assertThat(get("/?range=1h"))
                .contains("/budgets/aggregation?range=1h&amp;service=clinic&amp;subject=GET+%2Fclinic%2Fstatistics");
    }

    private String get(String uri) {
        return client.get()
                .uri(URI.create("http://127.0.0.1:" + port + uri))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }
}
