package dev.headroom.dashboard.browser;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A screen and a theme in which pages are looked at, and what is wrong with a page whatever it shows. */
public record Look(String name, String theme, int width, int height) {
    public static final Look DESK = new Look("desk", "light", 1440, 900);
    public static final Look PHONE = new Look("phone", "dark", 390, 844);

    private static final double LARGEST_SHIFT = 0.02;

    /** The same screen in the other theme. */
    public Look otherwise() {
        return new Look(name, theme.equals("dark") ? "light" : "dark", width, height);
    }

    /** A new tab that looks so, and in whose pages axe-core is there. */
    public Browser.Tab tab(Browser browser) throws IOException, InterruptedException {
        Browser.Tab tab = browser.open();
        tab.command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        tab.command(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
        tab.command("Page.addScriptToEvaluateOnNewDocument", Map.of("source", axe()));
        return tab;
    }

    /** Serious violations of axe-core, a page wider than the screen, a layout that moved; of the page that the tab shows. */
    public static List<String> faults(Browser.Tab tab) {
        List<String> faults = new ArrayList<>();
        for (JsonNode violation : violations(tab)) {
            faults.add(violation.asString(""));
        }
        if (!tab.evaluate("document.documentElement.scrollWidth <= innerWidth").equals("true")) {
            faults.add("wider than the screen by " + tab.evaluate("document.documentElement.scrollWidth - innerWidth"));
        }
        double shift = Double.parseDouble(
                tab.evaluate(
                        "(o => { o.observe({type: 'layout-shift', buffered: true}); return o.takeRecords().reduce((s, e) => s + e.value, 0); })(new PerformanceObserver(() => {}))"));
        if (shift > LARGEST_SHIFT) {
            faults.add("its layout shifts by " + shift);
        }
        return faults;
    }

    /**
     * What stands out of the screen once the longest word of every fact, heading, paragraph and list item is as long as a path or
     * a class name may be: whether a page fits must not hang on this test's own names. Changes the page that the tab shows.
     */
    public static List<String> tooWideForLongWords(Browser.Tab tab) {
        String found = tab.evaluate("""
                (() => {
                  const words = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
                  const texts = [];
                  while (words.nextNode()) texts.push(words.currentNode);
                  for (const text of texts) {
                    const of = text.parentElement;
                    if (!of.closest('.facts dd, h1, h2, p:not(.links), li') || of.closest('svg, i, .scroll, .badge, .chip, button, label')) continue;
                    const longest = text.data.split(/\\s+/).sort((a, b) => b.length - a.length)[0];
                    if (longest) text.data = text.data.replace(longest, longest.padEnd(90, 'w'));
                  }
                  if (document.documentElement.scrollWidth <= innerWidth) return '';
                  return [...document.querySelectorAll('main *')]
                      .filter(e => e.getBoundingClientRect().right > innerWidth && !e.closest('svg, .scroll') && !e.firstElementChild)
                      .map(e => e.parentElement.localName + '.' + e.parentElement.className + ' > ' + e.localName + '.' + e.className
                          + ' ' + e.textContent.slice(0, 40))
                      .join('\\n');
                })()
                """);
        return found.lines().toList();
    }

    /** What the tab asked of others than the dashboard. */
    public static List<String> elsewhere(Browser.Tab tab, String home) {
        return tab.requests().stream()
                .filter(url -> !url.startsWith(home) && !url.startsWith("about:") && !url.startsWith("data:"))
                .toList();
    }

    /** Writes {@code <page>-<name of this look>.png}. */
    public void picture(Browser.Tab tab, Path folder, String page) throws IOException {
        String data = tab.command("Page.captureScreenshot", Map.of("format", "png"))
                .path("data")
                .asString("");
        Files.createDirectories(folder);
        Files.write(
                folder.resolve(page + "-" + name + ".png"), Base64.getDecoder().decode(data));
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

    private static String axe() throws IOException {
        try (InputStream source = Look.class.getResourceAsStream("/axe.min.js")) {
            if (source == null) {
                throw new IllegalStateException("axe-core is not on the test's class path");
            }
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
