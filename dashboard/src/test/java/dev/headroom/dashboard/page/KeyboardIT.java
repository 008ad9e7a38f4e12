package dev.headroom.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.headroom.dashboard.browser.Browser;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

/** Every page without a pointer, and in the system's own colours. */
class KeyboardIT {
    /** Notes what gets the focus, and what of it does not show it. */
    private static final String WATCH = """
            window.reached = new Set(); window.unseen = [];
            addEventListener('focusin', e => {
              reached.add(e.target);
              const s = getComputedStyle(e.target);
              if (s.outlineStyle === 'none') unseen.push(e.target.outerHTML.slice(0, 120));
            });
            """;

    private static final String ACTIVE =
            "[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]')]"
                    + ".filter(n => n.tabIndex >= 0 && !n.disabled && n.checkVisibility({visibilityProperty: true}))";

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
        server.getBean(FixtureStore.class).append(FixtureData.windows(Instant.now(), Duration.ofMinutes(16), "a1"));
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

    @Test
    void tabReachesEverythingOnEveryPageAndShowsWhereItIs() throws Exception {
        Browser.Tab tab = browser.open();
        tab.command("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH));
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, String> page : PageTourIT.pages().entrySet()) {
            tab.show(home + page.getValue());
            tab.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })");
            // A date field is several stops.
            int dates = Integer.parseInt(tab.evaluate("document.querySelectorAll('[type=datetime-local]').length"));
            int most = Integer.parseInt(tab.evaluate(ACTIVE + ".length")) + 8 * dates + 5;
            for (int i = 0; i < most; i++) {
                tab.press("Tab", 9);
            }
            String left = tab.evaluate(
                    ACTIVE + ".filter(n => !reached.has(n)).map(n => n.outerHTML.slice(0, 120)).join('; ')");
            String unseen = tab.evaluate("unseen.join('; ')");
            if (!left.isEmpty() || !unseen.isEmpty()) {
                wrong.add(page.getKey() + ": not reached [" + left + "], focus not seen [" + unseen + "]");
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void aSlashLeadsToTheSearchAndEnterToWhatItFinds() throws Exception {
        Browser.Tab tab = browser.open();
        tab.show(home + "/pools?live=off&range=1h");
        tab.press("/", 191);
        tab.command("Input.insertText", Map.of("text", "journal"));
        tab.press("Enter", 13);
        Browser.await(
                "what was found",
                () -> tab.evaluate("location.pathname + location.search + document.readyState")
                        .equals("/search?live=off&range=1h&q=journalcomplete"));
        tab.press("j", 74);
        tab.press("Enter", 13);
        Browser.await(
                "the route",
                () -> tab.evaluate("location.pathname + document.readyState").equals("/routescomplete"));
        assertThat(tab.evaluate("document.querySelector('#open').dataset.row")).contains("/journal/");
    }

    @Test
    void arrowKeysGoThroughAChartAndEnterTakesTheTimeOfASlice() throws Exception {
        Browser.Tab tab = browser.open();
        tab.show(home + "/services/clinic?live=off");
        tab.evaluate("document.querySelector('.chart .plot a[tabindex=\"0\"]').focus()");
        tab.press("ArrowRight", 39);
        tab.press("ArrowRight", 39);
        assertThat(tab.evaluate("document.activeElement.getAttribute('aria-label')"))
                .contains("p95 ");
        String slice = tab.evaluate("document.activeElement.getAttribute('href')");
        tab.press("Enter", 13);
        Browser.await(
                "the slice",
                () -> tab.evaluate("location.pathname + location.search + document.readyState")
                        .equals(slice + "complete"));
    }

    @Test
    void aFormWithoutScriptChoosesColumns() throws Exception {
        Browser.Tab tab = browser.open();
        tab.command("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        tab.show(home + "/routes?live=off&sort=p95");
        tab.evaluate("document.querySelector('.columns').open = true");
        tab.evaluate("document.querySelector('.columns input[value=p99]').click()");
        tab.evaluate("document.querySelector('.columns button').click()");
        Browser.await(
                "the columns",
                () -> tab.evaluate("location.search + document.readyState").matches(".*sort=p95&cols=.*complete"));
        assertThat(tab.evaluate("document.querySelector('[data-k=p99]')")).isEqualTo("null");
        assertThat(tab.evaluate("document.querySelector('[data-k=p95]') !== null"))
                .isEqualTo("true");
    }

    @Test
    void whatIsDrawnStaysApartFromTheBackgroundInTheSystemsColours() throws Exception {
        Browser.Tab tab = browser.open();
        tab.command(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "forced-colors", "value", "active"))));
        for (String page : List.of("/?live=off", "/services/clinic?live=off", "/routes?live=off")) {
            tab.show(home + page);
            assertThat(
                            tab.evaluate(
                                    "[...document.querySelectorAll('main rect:not(.slot):not(.own):not(.all):not(.nodata):not(.no-agent), main .chart path:not([class^=s])')]"
                                            + ".filter(n => getComputedStyle(n).fill === getComputedStyle(document.body).backgroundColor).map(n => n.outerHTML.slice(0, 90)).join()"))
                    .as(page)
                    .isEmpty();
            assertThat(tab.evaluate("getComputedStyle(document.querySelector('.top nav [aria-current]')).outlineStyle"))
                    .isEqualTo("solid");
        }
    }
}
