package dev.headroom.dashboard.run.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.run.Gate;
import dev.headroom.dashboard.run.RunJson;
import dev.headroom.dashboard.run.RunResult;
import dev.headroom.dashboard.run.SampleResults;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ReportsTest {
    private static final Gate GATE = Gate.of(null);
    private static final List<String> HOSTILE = List.of(
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "' onmouseover='alert(1)",
            "</style><svg onload=alert(1)>",
            "]]> & &lt; <!--",
            "a|b `code` *bold* [x](javascript:alert(1)) @team #1 ![i](http://evil.example/x.png) www.evil.example ~~s~~ $x$",
            "line\r\nbreak\n- [ ] task\n# heading",
            "\u0000\u001b[31mred\u0007",
            "\u202Egpj.exe\u2066",
            "lone\uD800surrogate\uFFFE",
            "=cmd|' /C calc'!A0",
            "::error file=x::forged",
            "x".repeat(70_000));

    private static String write(ReportFormat format, RunResult result) {
        return new String(format.write(result, GATE), StandardCharsets.UTF_8);
    }

    private static Document xml(String text) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static RunResult mixed() {
        return SampleResults.of(
                SampleResults.item("broken", Verdict.FAIL),
                SampleResults.waived("waived"),
                SampleResults.item("close", Verdict.WARN),
                SampleResults.item("kept", Verdict.PASS),
                SampleResults.item("quiet", Verdict.NO_DATA, "ignore"),
                SampleResults.item("wanted", Verdict.NO_DATA, "fail"));
    }

    @Test
    void theHtmlSaysWhoContributedToWhatIsNotKept() {
        String html = write(ReportFormat.HTML, mixed());
        assertThat(html).contains("route <b><bdi>", "</bdi></b>: 37 of 300 bad, 22.0 beyond its share</li>");
        assertThat(html.split("<ul class=\"causes\">", -1))
                .as("broken, waived and close")
                .hasSize(4);
        RunResult older = RunJson.result(RunJson.write(mixed()).replaceAll("\"contributors\":\\[[^]]*]", "\"x\":1"));
        assertThat(older.items())
                .allSatisfy(item -> assertThat(item.contributors()).isEmpty());
    }

    private static RunResult hostile() {
        List<RunResult.Item> items = new ArrayList<>();
        for (String name : HOSTILE) {
            items.add(SampleResults.item(name, name, name, Verdict.FAIL, Verdict.FAIL, null, "ignore"));
            items.add(SampleResults.item(name, name, name, Verdict.NO_DATA, Verdict.NO_DATA, name, "ignore"));
        }
        return SampleResults.named(
                HOSTILE.get(0),
                HOSTILE.get(5),
                Map.of(HOSTILE.get(1), HOSTILE.get(3)),
                HOSTILE,
                items.toArray(RunResult.Item[]::new));
    }

    @Test
    void junitCountsWhatItLists() throws Exception {
        Element root = xml(write(ReportFormat.JUNIT, mixed())).getDocumentElement();
        assertThat(root.getTagName()).isEqualTo("testsuites");
        Element suite = (Element) root.getElementsByTagName("testsuite").item(0);
        NodeList cases = suite.getElementsByTagName("testcase");
        assertThat(suite.getAttribute("name")).isEqualTo("headroom.shop");
        assertThat(suite.getAttribute("timestamp")).isEqualTo("2026-11-21T12:00:00");
        assertThat(Integer.parseInt(suite.getAttribute("tests")))
                .isEqualTo(cases.getLength())
                .isEqualTo(6);
        assertThat(Integer.parseInt(suite.getAttribute("failures")))
                .isEqualTo(suite.getElementsByTagName("failure").getLength())
                .isEqualTo(2);
        assertThat(Integer.parseInt(suite.getAttribute("skipped")))
                .isEqualTo(suite.getElementsByTagName("skipped").getLength())
                .isEqualTo(1);
        assertThat(suite.getAttribute("errors")).isEqualTo("0");
        assertThat(suite.getElementsByTagName("system-out").getLength()).isEqualTo(2);
        List<String> children = new ArrayList<>();
        for (int i = 0; i < cases.getLength(); i++) {
            Element test = (Element) cases.item(i);
            NodeList inside = test.getElementsByTagName("*");
            children.add(test.getAttribute("name").replaceFirst(":.*", "") + " "
                    + (inside.getLength() == 0 ? "passed" : ((Element) inside.item(0)).getTagName()));
        }
        assertThat(children)
                .containsExactly(
                        "broken failure",
                        "waived system-out",
                        "close system-out",
                        "kept passed",
                        "quiet skipped",
                        "wanted failure");
    }

    @Test
    void junitIsNotGreenWhenNothingWasMeasured() throws Exception {
        Element root = xml(write(ReportFormat.JUNIT, SampleResults.of(SampleResults.item("a", Verdict.NO_DATA))))
                .getDocumentElement();
        assertThat(root.getAttribute("failures")).isEqualTo("1");
        assertThat(root.getElementsByTagName("failure").item(0).getParentNode().getNodeName())
                .isEqualTo("testcase");
    }

    @Test
    void htmlNeedsNothingElseAndAllowsNothingElse() {
        String html = write(ReportFormat.HTML, mixed());
        assertThat(html)
                .contains("<td><bdi>Single read</bdi></td>", "FAIL", "<svg", "62 ms", "commit", "3f2a9c1", "build-7")
                .contains("default-src 'none'; style-src 'sha256-")
                .doesNotContain("<script", "<link", "<img", "src=", "href=", " style=", "url(", "@import", "http://")
                .doesNotContain("https://");
    }

    @Test
    void markdownHasTheBrokenOnesFirst() {
        String markdown = write(ReportFormat.MARKDOWN, mixed());
        assertThat(markdown)
                .startsWith("### Headroom: ■ FAIL for shop · nightly")
                .contains("| Budget | Subject | Target | Current | Before | Change | Status | n | Evidence |")
                .contains("<details><summary>1 kept</summary>", "<details><summary>2 without data</summary>");
        assertThat(markdown.lines().filter(line -> line.startsWith("|---")))
                .allMatch(line ->
                        line.equals("|---|---|---|---|---|---|---|---|---|") || line.equals("|---|---|---|---|"));
    }

    @Test
    void hostileNamesAreTextsInEveryForm() throws Exception {
        RunResult result = hostile();
        String html = write(ReportFormat.HTML, result);
        assertThat(html)
                .doesNotContain("<script", "<img", "<svg onload", "' onmouseover", "\u0000", "\u001b", "\u202E")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;");
        assertThat(html.length()).as("long names are cut").isLessThan(200_000);
        Element root = xml(write(ReportFormat.JUNIT, result)).getDocumentElement();
        assertThat(root.getElementsByTagName("testcase").getLength())
                .isEqualTo(result.items().size());
        assertThat(root.getElementsByTagName("script").getLength()).isZero();
        String markdown = write(ReportFormat.MARKDOWN, result);
        assertThat(markdown)
                .doesNotContain(
                        "<script", "<img", "<svg", "@team", "#1 ", "](", "http://", "www.evil", "`", "~~", "\u202E")
                .doesNotContain("*bold*", "\n- [", "\n# ");
        assertThat(markdown.lines().filter(line -> line.startsWith("| ")))
                .allSatisfy(line ->
                        assertThat(line.chars().filter(c -> c == '|').count()).isIn(5L, 10L));
        String console = ConsoleReport.write(result, GATE);
        assertThat(console.lines()).noneMatch(line -> line.startsWith("::") || line.startsWith("- ["));
        assertThat(console).doesNotContain("\u001b", "\u0000", "\u202E", "\r");
        assertThat(RunJson.result(write(
                                ReportFormat.JSON,
                                SampleResults.of(result.items().get(0))))
                        .items())
                .hasSize(1);
    }

    @Test
    void theConsoleShowsTargetCurrentAndStatus() {
        String console = ConsoleReport.write(mixed(), GATE);
        assertThat(console)
                .contains("STATUS", "TARGET", "CURRENT", "EVIDENCE", "HEADROOM")
                .contains("FAIL (waived until 2099-12-31)", "p95(duration) < 100ms", "118 ms", "412", "1.84× used")
                .contains(
                        "2 without data:",
                        "FAIL: shop, 2026-11-21 12:00:00 to 2026-11-21 12:10:00 UTC; 1 budget is broken");
    }
}
