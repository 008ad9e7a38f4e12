package dev.headroom.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
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
import tools.jackson.databind.JsonNode;

/**
 * Every page as people see it: on a desk in light and on a phone in dark. What axe-core finds serious is a failure, and so are a
 * complaint on the console, another origin, a page wider than the screen and a layout that moves. The pictures lie in
 * {@code target/screenshots}.
 */
class PageTourIT {
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final double LARGEST_SHIFT = 0.02;

    private record Look(String name, String theme, int width, int height) {}

    private static final Look DESK = new Look("desk", "light", 1440, 900);
    private static final Look PHONE = new Look("phone", "dark", 390, 844);

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
        Files.createDirectories(PICTURES);
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
        assertThat(tour(DESK)).isEmpty();
    }

    @Test
    void everyPageIsFitForEverybodyOnAPhoneInTheDark() throws Exception {
        assertThat(tour(PHONE)).isEmpty();
    }

    @Test
    void theKeyboardReachesTheTableAndOpensARow() throws Exception {
        Browser.Tab tab = tab(DESK);
        tab.show(home + "/routes?live=off");
        press(tab, "j");
        assertThat(tab.evaluate("document.activeElement.closest('[data-row]') !== null"))
                .isEqualTo("true");
        tab.evaluate("document.activeElement.click()");
        Browser.await(
                "the open row",
                () -> tab.evaluate("document.querySelectorAll('tr.detail').length + document.readyState")
                        .equals("1complete"));
        press(tab, "u");
        Browser.await(
                "the way up",
                () -> tab.evaluate("location.search.includes('open=') + document.readyState")
                        .equals("falsecomplete"));
        press(tab, "?");
        assertThat(tab.evaluate("document.querySelector('#keys').open")).isEqualTo("true");
    }

    @Test
    void draggingOverAChartTakesItsTimeAndStopsLive() throws Exception {
        Browser.Tab tab = tab(DESK);
        tab.show(home + "/services/clinic");
        String[] box = tab.evaluate(
                        "(b => [b.left + b.width * .25, b.left + b.width * .75, b.top + 20].map(Math.round))(document.querySelector('.chart > .plot').getBoundingClientRect())")
                .split(",");
        mouse(tab, "mousePressed", box[0], box[2]);
        mouse(tab, "mouseMoved", box[1], box[2]);
        mouse(tab, "mouseReleased", box[1], box[2]);
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

    private static void mouse(Browser.Tab tab, String type, String x, String y) {
        tab.command(
                "Input.dispatchMouseEvent",
                Map.of(
                        "type",
                        type,
                        "x",
                        Double.parseDouble(x),
                        "y",
                        Double.parseDouble(y),
                        "button",
                        "left",
                        "clickCount",
                        1));
    }

    @Test
    void printsWithoutFrameAndStandsStillWhereMotionIsUnwanted() throws Exception {
        Browser.Tab tab = tab(DESK);
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

    private static void press(Browser.Tab tab, String key) {
        tab.command("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", key, "text", key));
        tab.command("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
    }

    private static Browser.Tab tab(Look look) throws Exception {
        Browser.Tab tab = browser.open();
        tab.command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", look.width, "height", look.height, "deviceScaleFactor", 1, "mobile", false));
        tab.command(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", look.theme))));
        tab.command("Page.addScriptToEvaluateOnNewDocument", Map.of("source", axe()));
        return tab;
    }

    /** What is wrong, page by page. */
    private static List<String> tour(Look look) throws Exception {
        Browser.Tab tab = tab(look);
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, String> page : pages().entrySet()) {
            int complained = tab.complaints().size();
            tab.show(home + page.getValue());
            for (JsonNode violation : violations(tab)) {
                wrong.add(page.getKey() + ": " + violation.asString(""));
            }
            if (!tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
                    .equals("true")) {
                wrong.add(page.getKey() + ": wider than the screen by "
                        + tab.evaluate("document.documentElement.scrollWidth - innerWidth"));
            }
            double shift = Double.parseDouble(
                    tab.evaluate(
                            "(o => { o.observe({type: 'layout-shift', buffered: true}); return o.takeRecords().reduce((s, e) => s + e.value, 0); })(new PerformanceObserver(() => {}))"));
            if (shift > LARGEST_SHIFT) {
                wrong.add(page.getKey() + ": its layout shifts by " + shift);
            }
            picture(tab, page.getKey() + "-" + look.name);
            List<String> said =
                    tab.complaints().subList(complained, tab.complaints().size());
            if (!page.getKey().equals("not-found")) {
                said.forEach(each -> wrong.add(page.getKey() + ": " + each));
            }
        }
        tab.requests().stream()
                .filter(url -> !url.startsWith(home) && !url.startsWith("about:") && !url.startsWith("data:"))
                .forEach(url -> wrong.add("another origin: " + url));
        return wrong;
    }

    private static JsonNode violations(Browser.Tab tab) {
        String expression = "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations"
                + ".filter(v => v.impact === 'serious' || v.impact === 'critical')"
                + ".map(v => v.id + ' ' + v.nodes.length + '× ' + v.nodes[0].html.slice(0, 160) + ' ' + (v.nodes[0].any[0]?.message ?? v.help)))";
        return tab.command(
                        "Runtime.evaluate",
                        Map.of("expression", expression, "awaitPromise", true, "returnByValue", true))
                .path("result")
                .path("value");
    }

    private static void picture(Browser.Tab tab, String name) throws IOException {
        String data = tab.command("Page.captureScreenshot", Map.of("format", "png"))
                .path("data")
                .asString("");
        Files.write(PICTURES.resolve(name + ".png"), Base64.getDecoder().decode(data));
    }

    private static String axe() throws IOException {
        try (InputStream source = PageTourIT.class.getResourceAsStream("/axe.min.js")) {
            if (source == null) {
                throw new IllegalStateException("axe-core is not on the test's class path");
            }
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
