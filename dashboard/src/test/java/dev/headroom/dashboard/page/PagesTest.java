package dev.headroom.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
                "/live",
                "/instances",
                "/store",
                "/services/clinic"
            })
    void isWholeAndSafe(String path) {
        EntityExchangeResult<String> answer = fetch(path, 200);
        String page = body(answer);
        assertThat(page).startsWith("<!DOCTYPE html>").endsWith("</html>\n").contains("<main id=\"main\"");
        assertThat(page.split("<main", -1)).hasSize(2);
        assertThat(page).doesNotContain("th:").doesNotContain("<script>alert").doesNotContain("<img");
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
                "/live",
                "/instances",
                "/store",
                "/services/clinic"
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
    void saysWhatTheStoreHoldsAndWhatItLost() {
        String page = body(fetch("/store", 200));

        assertThat(page).contains("/var/lib/headroom", "81 GiB", "instance-1m-20261119T120000.db", "removed early");
        assertThat(page).contains("no: a part is lost").doesNotContain("Nothing is stored at the moment");
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
                .contains("range=fortnight is not known; expected one of 15m, 1h");
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
