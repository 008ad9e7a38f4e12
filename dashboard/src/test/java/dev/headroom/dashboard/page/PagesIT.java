package dev.headroom.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.headroom.dashboard.browser.Browser;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;

class PagesIT {
    private static final List<String> PAGES = List.of(
            "/",
            "/routes?open=GET+%2Fpets",
            "/queries",
            "/caches",
            "/redis",
            "/pools",
            "/calls",
            "/examples",
            "/examples/0123456789abcdef",
            "/advice",
            "/search?q=pets",
            "/live",
            "/compare",
            "/setup",
            "/incidents",
            "/notifications",
            "/store",
            "/runs",
            "/config/budgets",
            "/budgets/aggregation?service=clinic&subject=GET+%2Fclinic%2Fstatistics",
            "/instances",
            "/access",
            "/account",
            "/services/clinic");

    @TempDir(cleanup = CleanupMode.NEVER)
    static Path profile;

    private static Browser browser;
    private static ReactiveWebServerApplicationContext server;
    private static FixtureStore store;
    private static FixtureReports reports;
    private static String home;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> chromium = Browser.found();
        assumeThat(chromium).as("chromium on PATH; see target/not-run.txt").isPresent();
        server = (ReactiveWebServerApplicationContext)
                SpringApplication.run(PagesApplication.class, "--server.port=0", "--server.address=127.0.0.1");
        store = server.getBean(FixtureStore.class);
        reports = server.getBean(FixtureReports.class);
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

    @BeforeEach
    void fill() {
        store.clear();
        store.append(FixtureData.windows(Instant.now().minusSeconds(5), Duration.ofMinutes(2), "a1"));
        reports.set(PreviewServer.report(Instant.now()));
    }

    @Test
    void everyPageLoadsWithoutAComplaint() throws Exception {
        Browser.Tab tab = browser.open();
        for (String page : PAGES) {
            tab.show(home + page);
            assertThat(tab.evaluate("document.querySelectorAll('main').length"))
                    .as(page)
                    .isEqualTo("1");
            assertThat(tab.evaluate("document.documentElement.classList.contains('scripted')"))
                    .isEqualTo("true");
            assertThat(tab.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .as("fits " + page)
                    .isEqualTo("true");
        }
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void showsAStoredBatchOnTheLivePageWithoutAReload() throws Exception {
        Browser.Tab tab = browser.open();
        tab.show(home + "/live");
        tab.evaluate("window.same = 'yes'");
        Browser.await(
                "the stream", () -> tab.evaluate("document.body.dataset.stream").equals("open"));
        Instant end = Instant.ofEpochSecond(Instant.now().getEpochSecond() / 5 * 5);
        Instant sent = Instant.now();
        store.append(List.of(FixtureData.window(end, "a1")));
        String clock = Figures.clock(end);
        Browser.await(
                "the window's rows",
                () -> tab.evaluate("document.querySelector('#tail tr').textContent")
                        .contains(clock));
        assertThat(Duration.between(sent, Instant.now())).isLessThan(Duration.ofSeconds(2));
        assertThat(tab.evaluate("window.same")).isEqualTo("yes");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void patchesTheBoardWhenAVerdictChangesWithoutAReload() throws Exception {
        Browser.Tab tab = browser.open();
        tab.show(home + "/");
        tab.evaluate("window.same = 'yes'");
        reports.set(PreviewServer.report(Instant.ofEpochSecond(59)));
        String wanted = Figures.count(459 * 38);
        Browser.await(
                "the new count",
                () -> tab.evaluate("document.querySelector('main').textContent").contains(wanted));
        assertThat(tab.evaluate("window.same")).isEqualTo("yes");
    }

    @Test
    void turnsIntoTheBoardWhenTheFirstAgentReports() throws Exception {
        store.clear();
        reports.set();
        Browser.Tab tab = browser.open();
        tab.show(home + "/");
        assertThat(tab.evaluate("document.querySelector('#command').textContent"))
                .contains("-javaagent:headroom-agent.jar");
        Instant end = Instant.ofEpochSecond(Instant.now().getEpochSecond() / 5 * 5);
        store.append(List.of(FixtureData.window(end, "a1")));
        Browser.await(
                "the board",
                () -> tab.evaluate("document.querySelector('main')?.dataset.page")
                        .equals("board"));
    }

    @Test
    void followsTheSystemsThemeAndRemembersAnother() throws Exception {
        Browser.Tab tab = browser.open();
        Map<String, ?> dark = Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark")));
        tab.command("Emulation.setEmulatedMedia", dark);
        tab.show(home + "/");
        assertThat(tab.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(20, 23, 28)");
        tab.evaluate("document.querySelector('[data-theme-toggle]').click()");
        tab.show(home + "/routes");
        assertThat(tab.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(255, 255, 255)");
        tab.evaluate("localStorage.removeItem('theme')");
    }

    @Test
    void worksWithoutScript() throws Exception {
        Browser.Tab tab = browser.open();
        tab.command("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        tab.show(home + "/routes?q=pets&live=off");
        assertThat(tab.evaluate("document.documentElement.classList.contains('scripted')"))
                .isEqualTo("false");
        assertThat(tab.evaluate("document.querySelectorAll('main [data-row]').length"))
                .isEqualTo("3");
        assertThat(tab.evaluate("getComputedStyle(document.querySelector('#filter button')).display"))
                .isNotEqualTo("none");
    }
}
