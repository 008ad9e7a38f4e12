package dev.headroom.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.headroom.dashboard.browser.Browser;
import dev.headroom.dashboard.browser.Look;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;

/**
 * Every page as people see it: on a desk in light and on a phone in dark. What axe-core finds serious is a failure, and so are a
 * complaint on the console, another origin, a page wider than the screen and a layout that moves. The pictures lie in
 * {@code target/screenshots}.
 */
class PageTourIT {
    private static final Path PICTURES = Path.of("target", "screenshots");

    @TempDir(cleanup = CleanupMode.NEVER)
    static Path profile;

    private static Browser browser;
    private static ReactiveWebServerApplicationContext server;
    private static String home;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> chromium = Browser.found();
        assumeThat(chromium).as("chromium on PATH; see target/not-run.txt").isPresent();
        server = (ReactiveWebServerApplicationContext)
                SpringApplication.run(PagesApplication.class, "--server.port=0", "--server.address=127.0.0.1");
        FixtureStore store = server.getBean(FixtureStore.class);
        store.append(FixtureData.windows(Instant.now(), Duration.ofMinutes(16), "a1"));
        store.append(FixtureData.windows(Instant.now(), Duration.ofMinutes(9), "b2"));
        server.getBean(FixtureReports.class).set(PreviewServer.report(Instant.now()));
        server.getBean(FixtureHistory.class)
                .put(List.of(FixtureBudgets.incident(Instant.now().minusSeconds(900))));
        home = "http://127.0.0.1:" + server.getWebServer().getPort();
        browser = Browser.start(chromium.orElseThrow(), profile);
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
    }

    static Map<String, String> pages() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("board", "/?live=off");
        pages.put("service", "/services/clinic?live=off");
        pages.put("budget", "/budgets/aggregation?service=clinic&subject=GET+%2Fclinic%2Fstatistics&live=off");
        pages.put("routes", "/routes?open=GET+%2Fjournal%2Fentries&live=off");
        pages.put("queries", "/queries?live=off");
        pages.put("caches", "/caches?live=off");
        pages.put("pools", "/pools?live=off");
        pages.put("calls", "/calls?live=off");
        pages.put("examples", "/examples?live=off");
        pages.put("example-unknown", "/examples/0123456789abcdef");
        pages.put("live", "/live?live=off");
        pages.put("search", "/search?q=pets&live=off");
        pages.put("compare", "/compare?live=off&range=15m&open=route:GET+%2Fjournal%2Fentries");
        pages.put("instances", "/instances?open=a1&live=off");
        pages.put("incidents", "/incidents?live=off");
        pages.put("advice", "/advice?live=off");
        pages.put("runs", "/runs?live=off");
        pages.put("budget-file", "/config/budgets");
        pages.put("setup", "/setup?live=off");
        pages.put("store", "/store");
        pages.put("notifications", "/notifications");
        pages.put("access", "/access");
        pages.put("account", "/account");
        pages.put("not-found", "/no/such/page");
        return pages;
    }

    @Test
    void everyPageIsFitForEverybodyOnADeskInLight() throws Exception {
        assertThat(tour(Look.DESK)).isEmpty();
    }

    @Test
    void everyPageIsFitForEverybodyOnAPhoneInTheDark() throws Exception {
        assertThat(tour(Look.PHONE)).isEmpty();
    }

    @Test
    void theKeyboardReachesTheTableAndOpensARow() throws Exception {
        Browser.Tab tab = Look.DESK.tab(browser);
        tab.show(home + "/routes?live=off");
        tab.press("j", 74);
        assertThat(tab.evaluate("document.activeElement.closest('[data-row]') !== null"))
                .isEqualTo("true");
        tab.evaluate("document.activeElement.click()");
        Browser.await(
                "the open row",
                () -> tab.evaluate("document.querySelectorAll('tr.detail').length + document.readyState")
                        .equals("1complete"));
        tab.press("u", 85);
        Browser.await(
                "the way up",
                () -> tab.evaluate("location.search.includes('open=') + document.readyState")
                        .equals("falsecomplete"));
        tab.press("?", 191);
        assertThat(tab.evaluate("document.querySelector('#keys').open")).isEqualTo("true");
    }

    @Test
    void draggingOverAChartTakesItsTimeAndStopsLive() throws Exception {
        Browser.Tab tab = Look.DESK.tab(browser);
        tab.show(home + "/services/clinic");
        tab.drag(".chart > .plot", 0.25, 0.75);
        Browser.await(
                "the range",
                () -> tab.evaluate("location.search + document.readyState").matches(".*from=.*to=.*complete"));
        long seconds = Math.round(
                Double.parseDouble(
                        tab.evaluate(
                                "(p => (Date.parse(p.get('to')) - Date.parse(p.get('from'))) / 1000)(new URLSearchParams(location.search))")));
        assertThat(seconds).isBetween(400L, 500L);
        assertThat(tab.evaluate("document.body.dataset.live")).isEqualTo("off");
        tab.evaluate("document.querySelector('[data-data=table]').click()");
        assertThat(Integer.parseInt(tab.evaluate("document.querySelector('.chart table').rows.length")))
                .isGreaterThan(20);
    }

    @Test
    void printsWithoutFrameAndStandsStillWhereMotionIsUnwanted() throws Exception {
        Browser.Tab tab = Look.DESK.tab(browser);
        tab.command("Emulation.setEmulatedMedia", Map.of("media", "print"));
        tab.show(home + "/?live=off");
        assertThat(tab.evaluate("getComputedStyle(document.querySelector('.top nav')).display"))
                .isEqualTo("none");
        tab.command(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "media",
                        "screen",
                        "features",
                        List.of(Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
        assertThat(
                        tab.evaluate(
                                "[...document.querySelectorAll('*')].filter(n => getComputedStyle(n).animationName !== 'none').length"))
                .isEqualTo("0");
    }

    /** What is wrong, page by page. */
    private static List<String> tour(Look look) throws Exception {
        Browser.Tab tab = look.tab(browser);
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, String> page : pages().entrySet()) {
            int complained = tab.complaints().size();
            tab.show(home + page.getValue());
            Look.faults(tab).forEach(fault -> wrong.add(page.getKey() + ": " + fault));
            look.picture(tab, PICTURES, page.getKey());
            if (look.equals(Look.PHONE)) {
                Look.tooWideForLongWords(tab).forEach(each -> wrong.add(page.getKey() + ", with long words: " + each));
            }
            List<String> said =
                    tab.complaints().subList(complained, tab.complaints().size());
            if (!page.getKey().equals("not-found")) {
                said.forEach(each -> wrong.add(page.getKey() + ": " + each));
            }
        }
        Look.elsewhere(tab, home).forEach(url -> wrong.add("another origin: " + url));
        return wrong;
    }
}
