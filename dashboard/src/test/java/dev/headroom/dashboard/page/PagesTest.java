package dev.headroom.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.epoch.Epoch;
import dev.headroom.dashboard.epoch.EpochBook;
import dev.headroom.dashboard.store.Incident;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

@SpringBootTest(classes = PagesApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient
class PagesTest {
    private static final int FIRST_LOAD_BYTES = 60 * 1024;

    @Autowired
    private WebTestClient client;

    @LocalServerPort
    private int port;

    @Autowired
    private FixtureStore store;

    @Autowired
    private FixtureReports reports;

    @Autowired
    private FixtureHistory history;

    @Autowired
    private EpochBook epochs;

    @BeforeEach
    void fill() {
        store.clear();
        store.append(FixtureData.windows(Instant.now(), Duration.ofMinutes(1), "a1"));
        reports.set(PreviewServer.report(Instant.now()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/routes",
                "/queries",
                "/caches",
                "/pools",
                "/calls",
                "/search",
                "/search?q=pets",
                "/compare",
                "/live",
                "/setup",
                "/instances",
                "/store",
                "/notifications",
                "/redis",
                "/incidents",
                "/config/budgets",
                "/config/budgets?service=clinic&suggest=yes",
                "/services/clinic",
                "/budgets/aggregation?service=clinic&subject=GET+%2Fclinic%2Fstatistics",
                "/budgets/list",
                "/budgets/none-of-that-name"
            })
    void isWholeAndSafe(String path) {
        EntityExchangeResult<String> answer = fetch(path, 200);
        String page = body(answer);
        assertThat(page).startsWith("<!DOCTYPE html>").endsWith("</html>\n").contains("<main id=\"main\"");
        assertThat(page.split("<main", -1)).hasSize(2);
        assertThat(page)
                .doesNotContain(" th:", "<th:")
                .doesNotContain("<script>alert")
                .doesNotContain("<img");
        assertThat(page).doesNotContainPattern(" style=\"| on[a-z]+=\"").doesNotContain("http://www.thymeleaf.org");
        assertThat(answer.getResponseHeaders().getFirst("Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
                .doesNotContain("unsafe");
        assertThat(answer.getResponseHeaders().getFirst("X-Content-Type-Options"))
                .isEqualTo("nosniff");
        assertThat(answer.getResponseHeaders().getFirst("Referrer-Policy")).isEqualTo("same-origin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/routes",
                "/queries",
                "/caches",
                "/pools",
                "/calls",
                "/search",
                "/search?q=pets",
                "/compare",
                "/live",
                "/setup",
                "/instances",
                "/store",
                "/notifications",
                "/redis",
                "/incidents",
                "/services/clinic",
                "/budgets/aggregation?service=clinic&subject=GET+%2Fclinic%2Fstatistics",
                "/budgets/list",
                "/budgets/none-of-that-name"
            })
    void isWholeWithoutAnyData(String path) {
        store.clear();
        reports.set();
        assertThat(body(fetch(path, 200))).contains("<main id=\"main\"");
    }

    @Test
    void showsWhatEachAgentCostsAndOpensItsHooks() {
        store.append(FixtureData.windows(Instant.now(), Duration.ofMinutes(1), "b2"));
        String page = body(fetch("/instances?service=clinic", 200));
        assertThat(page).contains("What the agents cost").contains("counts-only: it cost more than its budget");
        assertThat(page).contains("open=b2#open").doesNotContain("<td>jdbc</td>");
        String open = body(fetch("/instances?service=clinic&open=b2", 200));
        assertThat(open).contains("<td>jdbc</td>").contains("off, it failed").contains("off, ordered");
    }

    @Test
    void saysWhyABudgetFailsSinceWhenAndWhoCausesIt() {
        Instant now = Instant.now();
        // Causes are told of whole minutes: the one that was filled before may not be over yet.
        store.append(FixtureData.windows(now.minusSeconds(65), Duration.ofMinutes(1), "a1"));
        store.append(FixtureData.windows(now, Duration.ofMinutes(2), "b2"));
        history.put(List.of(FixtureBudgets.incident(now.minusSeconds(900))));
        String page = body(fetch("/budgets/aggregation?service=clinic&subject=GET+%2Fclinic%2Fstatistics", 200));
        assertThat(page).contains("requests (66 %) took 500 ms or more", "Alert</b> open since", "came back 2×");
        assertThat(page)
                .contains("Last 24 h, the worst of each 5 min: FAIL 5 min, not judged 23 h", "class=\"verdicts\"");
        assertThat(page).contains("By instance", "/instances?service=clinic&amp;q=a1", "Share of bad events");
        assertThat(page).contains("500 ms</text>").contains("id=\"budget-yaml\">- id: aggregation");
        assertThat(page).contains("title: &quot;Aggregation&quot;", "target: &quot;&lt; 300ms&quot;");
    }

    @Test
    void listsIncidentsWithTheNumbersOfTheirMomentsAndFiltersThem() {
        Instant now = Instant.now();
        Incident open = FixtureBudgets.incident(now.minusSeconds(900));
        Incident.Moment kept = new Incident.Moment(
                now.minusSeconds(9_000), "PASS", "180 ms", open.first().target(), "< 500ms", 400, 3, 1.0, "3 of 400.");
        Incident closed = FixtureBudgets.incident(now.minusSeconds(10_000))
                .close(now.minusSeconds(9_000), "kept for 5 min", kept);
        history.put(List.of(open, closed));
        String page = body(fetch("/incidents", 200));
        assertThat(page).contains("data-row=\"" + open.id(), "data-row=\"" + closed.id());
        assertThat(page).contains("288 of 412 requests (70 %)", ">702 ms<", ">180 ms<", "→ PASS", "3 of 400.");
        assertThat(page).contains("p95(duration) &lt; 300ms, acceptable &lt; 500ms", "(kept for 5 min; came back 2×)");
        assertThat(page)
                .contains("/budgets/aggregation?service=clinic&amp;subject=GET+%2Fclinic%2Fstatistics&amp;from="
                        + closed.began()
                                .minusSeconds(600)
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString()
                                .replace(":", "%3A"));
        assertThat(body(fetch("/incidents?state=open", 200)))
                .contains("data-row=\"" + open.id())
                .doesNotContain("data-row=\"" + closed.id());
        assertThat(body(fetch("/incidents?service=clinic&state=closed&budget=aggregation", 200)))
                .contains("data-row=\"" + closed.id())
                .doesNotContain("data-row=\"" + open.id());
        assertThat(body(fetch("/incidents?budget=%3Cscript%3Ealert(1)", 200)))
                .contains("&lt;script&gt;alert(1)", "incidents is like that");
        assertThat(body(fetch("/incidents?service=nobody", 200))).contains("None is stored");
    }

    @Test
    void drawsDeploysAndMigrationsIntoTheChartsOfTheirService() {
        Instant now = Instant.now();
        epochs.add(new Epoch("clinic", Epoch.Kind.DEPLOY, "1.4.2<b>", now.minusSeconds(300)));
        epochs.add(new Epoch("clinic", Epoch.Kind.MIGRATION, "V17", now.minusSeconds(200)));
        epochs.add(new Epoch("clinic", Epoch.Kind.DEPLOY, "1.4.1", now.minusSeconds(3_000)));
        epochs.add(new Epoch("study", Epoch.Kind.DEPLOY, "7.0", now.minusSeconds(300)));
        String budget = body(fetch("/budgets/aggregation?service=clinic&subject=GET+%2Fclinic%2Fstatistics", 200));
        assertThat(budget).containsOnlyOnce(">1.4.2&lt;b&gt;</text>").containsOnlyOnce("class=\"epoch migration\"");
        assertThat(budget).contains("deploy 1.4.2&lt;b&gt;, ").doesNotContain("1.4.1", "7.0</text>");
        String service = body(fetch("/services/clinic", 200));
        assertThat(service.split(">V17</text>", -1)).hasSize(service.split("<figure class=\"chart", -1).length);
        assertThat(body(fetch("/services/clinic?range=1h", 200))).contains(">1.4.1</text>");
    }

    @Test
    void writesAHostileSubjectOfABudgetAsText() {
        assertThat(body(fetch("/budgets/list?service=clinic&subject=%3Cscript%3Ealert(1)%3C/script%3E", 200)))
                .contains("&lt;script&gt;alert(1)")
                .contains("Nothing was judged for this subject");
    }

    @Test
    void saysWhatTheStoreHoldsAndWhatItLost() {
        String page = body(fetch("/store", 200));

        assertThat(page).contains("/var/lib/headroom", "81 GiB", "instance-1m-20261119T120000.db", "removed early");
        assertThat(page).contains("no: a part is lost").doesNotContain("Nothing is stored at the moment");
    }

    @Test
    void saysWhoIsToldAndWhatWaits() {
        assertThat(body(fetch("/notifications", 200)))
                .contains("page/webhook/1", "https://hooks.example.org/…", "answered 503. It is tried again")
                .contains("team@example.org", "all delivered");
    }

    @Test
    void holdsBeforeAndAfterAgainstEachOther() {
        Instant end = Instant.now();
        store.clear();
        store.append(FixtureData.windows(end, Duration.ofMinutes(4), "a1"));
        String sides =
                "&a=" + end.minusSeconds(240) + "/" + end.minusSeconds(120) + "&b=" + end.minusSeconds(120) + "/" + end;
        String page = body(fetch("/compare?service=clinic" + sides, 200));
        assertThat(page).contains("Did it help?", "data-row=\"route:GET /pets\"", "○ no evidence");
        assertThat(page).contains("/study/&lt;script&gt;alert(").contains("| operation | verdict |");
        String open = body(fetch("/compare?service=clinic&open=route:GET+%2Fpets" + sides, 200));
        assertThat(open).contains("A, before", "B, after", "each as shares of its own calls", "p = ");
        assertThat(body(fetch("/compare?a=before:nothing", 200))).contains("“nothing” is no side of a comparison");
    }

    @Test
    void saysWhatIsWiredAndHowToWireTheRest() {
        String page = body(fetch("/setup", 200));
        assertThat(page).contains("1 JVM reports now", "statements are timed by their shape", "2 recipients");
        assertThat(page).contains("endpoint=http://127.0.0.1:" + port, "JAVA_TOOL_OPTIONS=", "metrics_path");
        assertThat(page).contains("None was kept").doesNotContain("HEADROOM_TOKEN");
    }

    @Test
    void writesHostileNamesAsText() {
        assertThat(body(fetch("/routes", 200))).contains("/study/&lt;script&gt;alert(");
        assertThat(body(fetch("/queries", 200))).contains("SELECT &#39;&lt;script&gt;");
        assertThat(body(fetch("/?q=%22%3E%3Cscript%3Ealert(1)", 200)))
                .contains("value=\"&quot;&gt;&lt;script&gt;alert(1)\"");
    }

    @Test
    void keepsTheStateInEveryLink() {
        String page = body(fetch("/routes?service=clinic&range=1h&live=off&sort=p95&dir=asc&q=pets", 200));
        assertThat(page).contains("/queries?service=clinic&amp;range=1h&amp;live=off\"");
        assertThat(page).contains("sort=p99&amp;dir=desc").contains("aria-sort=\"ascending\"");
        assertThat(page).contains("q=pets&amp;open=GET+%2Fpets%2F%7Bid%7D#open");
        assertThat(page).contains("<input type=\"hidden\" name=\"range\" value=\"1h\"");
        assertThat(page).contains("data-live=\"off\"");
    }

    @Test
    void sortsByTheColumnInTheUrl() {
        String page = body(fetch("/routes?sort=name&dir=asc", 200));
        assertThat(page.indexOf("data-row=\"GET /clinic/statistics\""))
                .isLessThan(page.indexOf("data-row=\"GET /pets\""));
        page = body(fetch("/routes?sort=name&dir=desc", 200));
        assertThat(page.indexOf("data-row=\"GET /clinic/statistics\""))
                .isGreaterThan(page.indexOf("data-row=\"GET /pets\""));
    }

    @Test
    void opensARowWithItsDistributionAndTheExactCountBeyondTheLimit() {
        String page = body(fetch("/routes?open=GET+%2Fclinic%2Fstatistics", 200));
        assertThat(Pattern.compile("\\d+ over 100 ms").matcher(page).find()).isTrue();
        assertThat(page).contains("id=\"open\"").contains("± 1.1 %");
    }

    @Test
    void saysWhatIsWrongWithARangeAndShowsTheUsualOne() {
        assertThat(body(fetch("/?range=fortnight", 200)))
                .contains("range=fortnight is not known; expected one of 15m, 1h, 6h, 24h, 7d, 30d, deploy");
        assertThat(body(fetch("/?from=yesterday", 200)))
                .contains("from=yesterday")
                .contains("expected ISO-8601");
        assertThat(body(fetch("/routes?from=2026-11-21T14:00:00&to=2026-11-21T13:00:00", 200)))
                .contains("is not before");
    }

    @Test
    void saysWhatFailedWhenTheStoreDoes() {
        store.breakWith(new IllegalStateException("disk is gone"));
        assertThat(body(fetch("/routes", 503))).contains("disk is gone").contains("Try again");
    }

    @Test
    void saysThatThereIsNoSuchPage() {
        String page = String.valueOf(client.get()
                .uri(URI.create("http://127.0.0.1:" + port + "/no/such/%3Cscript%3E"))
                .accept(MediaType.TEXT_HTML)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
        assertThat(page).contains("There is no such page", "/no/such/").doesNotContain("<script>");
    }

    @Test
    void weighsLessThanItsBudget() throws IOException {
        int bytes = zipped(body(fetch("/", 200)).getBytes(StandardCharsets.UTF_8));
        int css = zipped(asset("app.css"));
        int script = zipped(asset("live.js"));
        assertThat(css).isLessThan(8 * 1024);
        assertThat(script).isLessThan(6 * 1024);
        assertThat(bytes + css + script + zipped(asset("favicon.svg"))).isLessThan(FIRST_LOAD_BYTES);
    }

    private static byte[] asset(String name) throws IOException {
        return Files.readAllBytes(Path.of("src/main/resources/static", name));
    }

    private static int zipped(byte[] content) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(content);
        }
        return zipped.size();
    }

    private static String body(EntityExchangeResult<String> answer) {
        return String.valueOf(answer.getResponseBody());
    }

    private EntityExchangeResult<String> fetch(String uri, int status) {
        return client.get()
                .uri(URI.create("http://127.0.0.1:" + port + uri))
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(String.class)
                .returnResult();
    }
}
