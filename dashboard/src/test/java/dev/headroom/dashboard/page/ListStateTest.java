package dev.headroom.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.epoch.Epoch;
import dev.headroom.dashboard.epoch.EpochBook;
import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.SeriesKey;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Time, pages, columns and the search of lists: all of it in the address, none of it with script. */
@SpringBootTest(classes = PagesApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient
class ListStateTest {
    private static final int MANY = 130;

    @Autowired
    private WebTestClient client;

    @LocalServerPort
    private int port;

    @Autowired
    private FixtureStore store;

    @Autowired
    private EpochBook epochs;

    @BeforeEach
    void fill() {
        store.clear();
    }

    /** A window in which many routes were asked for once each. */
    private void manyRoutes() {
        Batch window = FixtureData.window(Instant.now().minusSeconds(10), "a1");
        Point like = window.points().stream()
                .filter(point -> point.key().metric().equals("http.server.request.duration"))
                .findFirst()
                .orElseThrow();
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            Map<String, String> attributes = new TreeMap<>(like.key().attributes());
            attributes.put("http.route", "/many/%03d".formatted(i));
            points.add(new Point(new SeriesKey(like.key().metric(), attributes), like.value()));
        }
        store.append(List.of(new Batch(
                window.sender(), window.cursor(), window.start(), window.end(), points, null, window.delivery())));
    }

    @Test
    void showsAHundredRowsAndTheWayToTheOthers() {
        manyRoutes();
        String first = fetch("/routes?sort=name&dir=asc");
        assertThat(rows(first)).hasSize(100).startsWith("GET /many/000").endsWith("GET /many/099");
        assertThat(first).contains("1–100 of 130 routes", "/routes?sort=name&amp;dir=asc&amp;page=2\"");
        String second = fetch("/routes?sort=name&dir=asc&page=2");
        assertThat(rows(second)).hasSize(30).startsWith("GET /many/100");
        assertThat(second).contains("aria-current=\"page\" aria-label=\"Page 2\"");
        assertThat(rows(fetch("/routes?sort=name&dir=asc&page=77"))).startsWith("GET /many/100");
        assertThat(rows(fetch("/routes?sort=name&dir=asc&page=none"))).startsWith("GET /many/000");
        assertThat(rows(fetch("/routes?sort=name&dir=asc&rows=25&page=2")))
                .hasSize(25)
                .startsWith("GET /many/025");
    }

    @Test
    void showsThePageWithTheOpenRow() {
        manyRoutes();
        assertThat(rows(fetch("/routes?sort=name&dir=asc&open=GET+%2Fmany%2F120")))
                .startsWith("GET /many/100")
                .contains("GET /many/120");
    }

    @Test
    void cutsWhatTheFilterLeaves() {
        manyRoutes();
        assertThat(fetch("/routes?q=many/1")).contains("30 of 130 routes");
        assertThat(fetch("/routes?q=many&rows=25")).contains("1–25 of 130 routes");
        assertThat(fetch("/routes?q=many/1&rows=25")).contains("1–25 of 30 found, of 130 routes");
    }

    @Test
    void showsTheColumnsThatAFormChose() {
        manyRoutes();
        String page = fetch("/routes?cols=p95&cols=rate");
        assertThat(page.split("scope=\"col\"", -1)).hasSize(4);
        assertThat(page).contains("data-k=\"p95\"").doesNotContain("data-k=\"p99\"");
        assertThat(page).contains("cols=p95.rate&amp;sort=").contains("value=\"p95\" checked=\"checked\"");
        assertThat(fetch("/routes?cols=p95.rate").split("scope=\"col\"", -1)).hasSize(4);
        assertThat(fetch("/routes?cols=nothing")).contains("data-k=\"p99\"");
    }

    @Test
    void showsWeeksAndTheTimeSinceTheLastDeploy() {
        Instant now = Instant.now();
        store.append(FixtureData.windows(now, Duration.ofMinutes(2), "a1"));
        assertThat(fetch("/services/clinic?range=30d")).contains("range=7d", "aria-current=\"true\" data-range>30d");
        String without = fetch("/routes?range=deploy");
        assertThat(without).contains("No deploy of clinic is known").doesNotContain("since deploy</a>");
        epochs.add(new Epoch("clinic", Epoch.Kind.DEPLOY, "2.0", now.minusSeconds(65)));
        String page = fetch("/routes?range=deploy");
        assertThat(page)
                .contains("since deploy 2.0 of clinic, ", ">since deploy</a>")
                .doesNotContain("is known");
        assertThat(page).contains("/queries?range=deploy\"");
    }

    @Test
    void findsRoutesStatementsKeysPeersAndServicesByAnyPartOfTheirNames() {
        store.append(FixtureData.windows(Instant.now(), Duration.ofMinutes(2), "a1"));
        String pets = fetch("/search?q=PETS");
        assertThat(pets)
                .contains(">Routes <span", ">Statements <span", "/routes?service=clinic&amp;open=GET+%2Fpets#open");
        assertThat(fetch("/search?q=clin")).contains(">Services <span", "href=\"/services/clinic\"");
        assertThat(fetch("/search?q=script")).contains("/study/&lt;script&gt;").doesNotContain("<script>alert");
        assertThat(fetch("/search?q=nothing+like+it")).contains("Nothing that ran in this time has");
        assertThat(pets).contains("name=\"q\" value=\"PETS\"");
    }

    @Test
    void drawsWhereTheTimeOfRequestsGoes() {
        store.append(FixtureData.windows(Instant.now(), Duration.ofMinutes(5), "a1"));
        String page = fetch("/services/clinic");
        assertThat(page)
                .contains(
                        "Where time goes, per request; all between",
                        "<path class=\"sql\" vector-effect=\"non-scaling-stroke\" d=\"M");
        assertThat(page).contains("; own code between ", "href=\"/queries?service=clinic\">database</a>");
    }

    private static List<String> rows(String page) {
        return Pattern.compile("data-row=\"([^\"|]*)\"")
                .matcher(page)
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();
    }

    private String fetch(String uri) {
        return String.valueOf(client.mutate()
                .responseTimeout(Duration.ofSeconds(30))
                .build()
                .get()
                .uri(URI.create("http://127.0.0.1:" + port + uri))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }
}
