package dev.headroom.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.headroom.dashboard.browser.Browser;
import dev.headroom.dashboard.browser.Look;
import dev.headroom.demo.load.LoadMix;
import dev.headroom.demo.load.OpenLoad;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The dashboard over the running shop, in a browser: every page answers its question with what is true of the shop, on a desk and on a
 * phone, and the ways between the pages work. The pictures lie in {@code target/screenshots}.
 */
class DashboardTourIT {
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final double PER_SECOND = 12;

    private static final String CHATTY = "GET /customers/{id}/orders";
    private static final String BREACH =
            "/budgets/n-plus-one?service=demo&subject=GET+%2Fcustomers%2F%7Bid%7D%2Forders";
    private static final String LINES = "SELECT product_id, pieces FROM order_line WHERE order_id = ? ORDER BY id";
    private static final String CALLER = "Orders.lines(Orders.java:";
    private static final String SLOW = "FROM review WHERE lower(reader) = lower(?)";
    private static final String HERE = "location.pathname + location.search + '#' + document.readyState";

    /** @param truths what the page must say of the shop */
    private record Stop(String name, String address, List<String> truths) {}

    @TempDir(cleanup = CleanupMode.NEVER)
    static Path home;

    private static EmbeddedServers embedded;
    private static AttachedShop shop;
    private static OpenLoad load;
    private static Browser browser;
    private static String dashboard;
    private static String run;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> chromium = Browser.found();
        assumeThat(chromium).as("chromium on PATH; see target/not-run.txt").isPresent();
        embedded = new EmbeddedServers(home.resolve("servers"));
        shop = new AttachedShop(home.resolve("shop"), embedded.servers());
        dashboard = "http://" + shop.dashboardAddress().getAuthority();
        load = OpenLoad.start(shop.address(), LoadMix.shop(), PER_SECOND, 7);
        await("/routes", "/customers/{id}/orders");
        run = post("/api/v1/runs", "{\"name\":\"tour\",\"service\":\"demo\"}")
                .path("id")
                .asString();
        browser = Browser.start(chromium.orElseThrow(), home);
        await("/", "n-plus-one");
        shop.api().epoch("1.1");
        await("/advice", CALLER);
        await("/incidents", "n-plus-one");
        post("/api/v1/runs/" + run + "/finish", "");
        await("/compare", "before deploy 1.1");
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable part : Arrays.asList(load, browser, shop, embedded)) {
            if (part != null) {
                part.close();
            }
        }
    }

    private static List<Stop> stops() throws Exception {
        return List.of(
                stop("board", "/?live=off", "n-plus-one", CHATTY, "FAIL", "5 % allowed"),
                stop("service", "/services/demo?live=off", "database", "Redis", "n-plus-one", "/reviews"),
                stop(
                        "budget",
                        BREACH + "&live=off",
                        "had more than 4 runs of one SELECT",
                        "Who contributes",
                        "Error budget",
                        "Alert"),
                stop("routes", "/routes?live=off", "/reports/bestsellers", "/customers/{id}/orders", "/reviews"),
                stop("route", "/routes?open=GET+%2Freviews&live=off", "over 200 ms", SLOW, "Durations over time"),
                stop("queries", "/queries?live=off", SLOW, LINES),
                stop("query", "/queries?open=" + slowest() + "&live=off", SLOW, "rows per call"),
                stop("caches", "/caches?live=off", "product:{id}", "basket:{id}"),
                stop("cache", "/caches?open=product%3A%7Bid%7D&live=off", "a miss costs", "GET /products/{id}"),
                stop("pools", "/pools?live=off", "reports", "shop"),
                stop("calls", "/calls?live=off", "127.0.0.1:"),
                stop("examples", "/examples?live=off", "/customers/{id}/orders", "budget"),
                stop("live", "/live?live=off", "demo", "GET /products/{id}"),
                stop("compare", "/compare?live=off", "before deploy 1.1", "evidence", "/products/{id}"),
                stop("instances", "/instances?live=off", "reporting", "What the agents cost", "all"),
                stop("incidents", "/incidents?live=off", "n-plus-one", "open", CHATTY),
                stop("advice", "/advice?live=off", "N+1", CALLER, LINES),
                stop("runs", "/runs?live=off", "tour", "FAIL"),
                stop("run", "/runs/" + run + "?live=off", "tour", "l-5xx", "l-pool", "whole service"),
                stop("budget-file", "/config/budgets", "review-search", "budgets in force"),
                stop("setup", "/setup?live=off", "7 of 8", "1 JVM reports now", "-javaagent:"),
                stop("search", "/search?q=review&live=off", "/reviews", SLOW));
    }

    private static Stop stop(String name, String address, String... truths) {
        return new Stop(name, address, List.of(truths));
    }

    @Test
    void everyPageAnswersItsQuestionOnADeskInLight() throws Exception {
        assertThat(tour(Look.DESK, stops())).isEmpty();
    }

    @Test
    void everyPageAnswersItsQuestionOnAPhoneInTheDark() throws Exception {
        assertThat(tour(Look.PHONE, stops())).isEmpty();
    }

    @Test
    void aBreachLeadsInThreeClicksToTheStatementAndItsCaller() throws Exception {
        Browser.Tab tab = Look.DESK.tab(browser);
        tab.show(dashboard + "/?live=off");
        click(tab, "[data-row=\"demo|n-plus-one|" + CHATTY + "\"] a", "/budgets/n-plus-one");
        click(tab, "main a[href^=\"/examples?\"]", "/examples?");
        click(tab, "main tbody a[href^=\"/examples/\"]", "/examples/");
        assertThat(said(tab)).contains(LINES, CALLER);
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void draggingOverAChartTakesItsTimeToEveryPageAndBackReturns() throws Exception {
        Browser.Tab tab = Look.DESK.tab(browser);
        tab.show(dashboard + "/services/demo");
        assertThat(tab.evaluate("document.body.dataset.live")).isEqualTo("on");
        tab.drag(".chart > .plot", 0.8, 0.95);
        arrive(tab, "/services/demo?from=");
        assertThat(tab.evaluate("document.body.dataset.live")).isEqualTo("off");
        String range = tab.evaluate(
                "(p => 'from=' + encodeURIComponent(p.get('from')) + '&to=' + encodeURIComponent(p.get('to')))(new URLSearchParams(location.search))");
        click(tab, "[data-go=r]", "/routes?");
        assertThat(tab.evaluate("location.search")).contains(range);
        tab.evaluate("navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }");
        tab.press("y", 89);
        String link = tab.evaluate("window.copied");
        assertThat(link).isEqualTo(tab.evaluate("location.href")).contains(range);
        tab.evaluate("history.go(-2)");
        arrive(tab, "/services/demo#");
        assertThat(tab.evaluate("document.body.dataset.live")).isEqualTo("on");
        tab.evaluate("history.forward()");
        arrive(tab, "/services/demo?from=");
    }

    @Test
    void whatIsSortedAndLeftOutIsInTheAddress() throws Exception {
        Browser.Tab tab = browser.open();
        tab.show(dashboard + "/queries?live=off");
        click(tab, "thead a[href*=\"sort=p95\"]", "/queries?live=off&sort=p95");
        assertThat(tab.evaluate("document.querySelector('[aria-sort=descending]').textContent"))
                .contains("p95");
        tab.evaluate("document.querySelector('.columns').open = true");
        tab.evaluate("document.querySelector('.columns input[value=p50]').click()");
        tab.evaluate("document.querySelector('.columns button').click()");
        Browser.await("the columns", () -> tab.evaluate(HERE).matches(".*sort=p95.*cols=.*#complete"));
        assertThat(tab.evaluate("location.search")).contains("live=off");
        assertThat(
                        tab.evaluate(
                                "document.querySelectorAll('[data-k=p50]').length + document.querySelectorAll('[data-k=p95]').length > 0"))
                .isEqualTo("true");
        assertThat(tab.evaluate("document.querySelector('[data-k=p50]')")).isEqualTo("null");
        tab.evaluate("history.back()");
        Browser.await(
                "the column's return",
                () -> tab.evaluate("document.querySelector('[data-k=p50]') !== null")
                        .equals("true"));
    }

    @Test
    void aSlashSearchesEverythingAndEnterOpensIt() throws Exception {
        Browser.Tab tab = browser.open();
        tab.show(dashboard + "/pools?live=off");
        tab.press("/", 191);
        tab.command("Input.insertText", Map.of("text", "reviews"));
        tab.press("Enter", 13);
        arrive(tab, "/search?live=off&q=reviews");
        tab.press("j", 74);
        tab.press("Enter", 13);
        arrive(tab, "/routes?");
        assertThat(tab.evaluate("document.querySelector('#open').dataset.row")).isEqualTo("GET /reviews");
    }

    @Test
    void aWindowIsOnTheLivePageWithinTwoSecondsOfItsEndAndTheSwitchStopsIt() throws Exception {
        Browser.Tab tab = browser.open();
        tab.show(dashboard + "/live");
        tab.evaluate("window.same = 'yes'");
        Browser.await(
                "the stream", () -> tab.evaluate("document.body.dataset.stream").equals("open"));
        String newest = "document.querySelector('#tail td').textContent";
        String before = tab.evaluate(newest);
        Browser.await("a new window", () -> !tab.evaluate(newest).equals(before));
        LocalTime seen = Instant.now().atOffset(ZoneOffset.UTC).toLocalTime();
        assertThat(Duration.between(LocalTime.parse(tab.evaluate(newest)), seen))
                .isBetween(Duration.ZERO, Duration.ofSeconds(2));
        assertThat(tab.evaluate("window.same")).isEqualTo("yes");
        tab.press(".", 190);
        arrive(tab, "/live?live=off");
        assertThat(tab.evaluate("document.body.dataset.live")).isEqualTo("off");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void chartsAndBadgesAreReadableInTheOtherThemeToo() throws Exception {
        List<Stop> drawn = stops().stream()
                .filter(stop ->
                        List.of("board", "service", "budget", "route", "cache").contains(stop.name))
                .toList();
        assertThat(tour(Look.DESK.otherwise(), drawn)).isEmpty();
        assertThat(tour(Look.PHONE.otherwise(), drawn)).isEmpty();
    }

    /** What is wrong, page by page. */
    private static List<String> tour(Look look, List<Stop> stops) throws Exception {
        Browser.Tab tab = look.tab(browser);
        List<String> wrong = new ArrayList<>();
        for (Stop stop : stops) {
            tab.show(dashboard + stop.address);
            String said = said(tab);
            for (String truth : stop.truths) {
                if (!said.contains(truth)) {
                    wrong.add(stop.name + ": does not say \"" + truth + "\" but " + said);
                }
            }
            Look.faults(tab).forEach(fault -> wrong.add(stop.name + ": " + fault));
            look.picture(tab, PICTURES, stop.name);
            if (look.equals(Look.PHONE)) {
                Look.tooWideForLongWords(tab).forEach(each -> wrong.add(stop.name + ", with long words: " + each));
            }
        }
        wrong.addAll(tab.complaints());
        wrong.addAll(Look.elsewhere(tab, dashboard));
        return wrong;
    }

    /** A page's text without its drawings, runs of blanks as one. */
    private static String said(Browser.Tab tab) {
        return tab.evaluate(
                "[...document.querySelectorAll('main')].map(m => m.innerText + ' '"
                        + " + [...m.querySelectorAll('textarea')].map(t => t.value).join(' ')).join(' ').replace(/\\s+/g, ' ')");
    }

    private static void click(Browser.Tab tab, String selector, String address) {
        tab.evaluate("document.querySelector('" + selector + "').click()");
        arrive(tab, address);
    }

    private static void arrive(Browser.Tab tab, String address) {
        Browser.await(address, () -> {
            String here = tab.evaluate(HERE);
            return here.startsWith(address) && here.endsWith("#complete");
        });
    }

    /** The fingerprint of the statement that takes most time. */
    private static String slowest() throws Exception {
        return shop.api()
                .get("/api/v1/search?q=lower(reader)")
                .path("hits")
                .path(0)
                .path("id")
                .asString();
    }

    /** Waits until the page says so. */
    private static void await(String page, String truth) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String last = "";
        while (!last.contains(truth)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(page + " did not come to say \"" + truth + "\": " + last);
            }
            TimeUnit.MILLISECONDS.sleep(500);
            try {
                last = request(HttpRequest.newBuilder(URI.create(dashboard + page)))
                        .replace("&gt;", ">");
            } catch (HttpTimeoutException busy) {
                last = "no answer: " + busy.getMessage();
            }
        }
    }

    private static JsonNode post(String path, String body) throws Exception {
        return new JsonMapper()
                .readTree(request(HttpRequest.newBuilder(URI.create(dashboard + path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))));
    }

    private static String request(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString())
                .body();
    }
}
