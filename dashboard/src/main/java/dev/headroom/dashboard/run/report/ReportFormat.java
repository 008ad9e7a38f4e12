package dev.headroom.dashboard.run.report;

import dev.headroom.dashboard.run.Gate;
import dev.headroom.dashboard.run.RunJson;
import dev.headroom.dashboard.run.RunResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The forms of a report. */
public enum ReportFormat {
    HTML("html", "performance.html", "text/html;charset=UTF-8"),
    JUNIT("junit", "TEST-headroom.xml", "application/xml"),
    JSON("json", "performance.json", "application/json"),
    MARKDOWN("md", "performance.md", "text/markdown;charset=UTF-8");

    private final String word;
    private final String file;
    private final String mediaType;

    ReportFormat(String word, String file, String mediaType) {
        this.word = word;
        this.file = file;
        this.mediaType = mediaType;
    }

    /** As on the command line. */
    public String word() {
        return word;
    }

    /** The file's name. */
    public String file() {
        return file;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Null for an unknown word. */
    public static @Nullable ReportFormat of(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word.equals(word))
                .findFirst()
                .orElse(null);
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(ReportFormat::word).toList();
    }

    /** @throws IllegalArgumentException when no report's file ends so */
    public static ReportFormat ofEnding(String ending) {
        return Arrays.stream(values())
                .filter(format -> format.file.endsWith("." + ending))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No report ends in ." + ending));
    }

    /** UTF-8. */
    public byte[] write(RunResult result, Gate gate) {
        String text = switch (this) {
            case HTML -> HtmlReport.write(result, gate);
            case JUNIT -> JUnitReport.write(result, gate);
            case JSON -> RunJson.pretty(result);
            case MARKDOWN -> MarkdownReport.write(result, gate);
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What the HTML report's content security policy is; it is in the file, too. */
    public static String policy() {
        return HtmlReport.policy() + "; frame-ancestors 'none'";
    }
}
