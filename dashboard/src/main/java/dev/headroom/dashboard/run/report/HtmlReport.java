package dev.headroom.dashboard.run.report;

import dev.headroom.dashboard.budget.Change;
import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.run.Gate;
import dev.headroom.dashboard.run.RunResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * As one HTML file that needs nothing else: no script, no request, its only style allowed by its hash. It is readable without the style
 * too, for build servers that forbid it. Stateless.
 */
final class HtmlReport {
    private static final String STYLE = style();
    private static final String POLICY =
            "default-src 'none'; style-src 'sha256-" + hash(STYLE) + "'; base-uri 'none'; form-action 'none'";

    private final StringBuilder out = new StringBuilder(32_768);
    private final RunResult result;
    private final Gate gate;

    private HtmlReport(RunResult result, Gate gate) {
        this.result = result;
        this.gate = gate;
    }

    static String policy() {
        return POLICY;
    }

    static String write(RunResult result, Gate gate) {
        return new HtmlReport(result, gate).write();
    }

    private String write() {
        String title = Words.title(result);
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        out.append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
                .append(POLICY)
                .append("\">\n");
        out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        out.append("<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
        out.append(Escape.markup(title))
                .append(" · Headroom</title>\n<style>")
                .append(STYLE)
                .append("</style>\n");
        out.append("</head>\n<body>\n<main>\n");
        head(title);
        status();
        unjudged();
        pictures();
        environment();
        out.append("</main>\n</body>\n</html>\n");
        return out.toString();
    }

    private void head(String title) {
        Gate.Decision decision = gate.decide(result);
        Verdict verdict = switch (decision) {
            case PASS -> result.count(Verdict.WARN) > 0 ? Verdict.WARN : Verdict.PASS;
            case FAIL -> Verdict.FAIL;
            case NO_DATA -> Verdict.NO_DATA;
        };
        out.append("<h1>");
        badge(verdict, decision == Gate.Decision.FAIL ? "FAIL" : verdict.label());
        out.append(" <bdi>").append(Escape.markup(title)).append("</bdi></h1>\n<p class=\"lead\">");
        String sentence = gate.sentence(result);
        out.append(Escape.markup(sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1)));
        out.append(". ").append(result.count(Verdict.FAIL)).append(" FAIL, ");
        out.append(result.count(Verdict.WARN)).append(" WARN, ");
        out.append(result.count(Verdict.PASS)).append(" PASS, ");
        out.append(result.count(Verdict.NO_DATA)).append(" NO DATA.</p>\n<p class=\"dim\">");
        out.append(Words.span(result.from(), result.to()));
        RunResult.Base base = result.baseline();
        if (base != null) {
            out.append("; beside run <bdi>").append(Escape.markup(base.name())).append("</bdi> of ");
            out.append(Words.time(base.to()));
        }
        out.append("</p>\n");
        for (String warning : result.warnings()) {
            out.append("<p class=\"warning\">⚠ ").append(Escape.markup(warning)).append("</p>\n");
        }
    }

    private void badge(Verdict verdict, String word) {
        out.append("<span class=\"badge ").append(css(verdict)).append("\">");
        out.append(Words.shape(verdict)).append(' ').append(Escape.markup(word)).append("</span>");
    }

    private static String css(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "pass";
            case WARN -> "warn";
            case FAIL -> "fail";
            case NO_DATA -> "nodata";
        };
    }

    private void status() {
        List<RunResult.Item> judged = Words.judged(result);
        boolean beside = result.baseline() != null;
        out.append("<h2>Status</h2>\n");
        if (judged.isEmpty()) {
            out.append("<p>No budget has a verdict.</p>\n");
            return;
        }
        out.append("<table>\n<thead><tr><th>Budget</th><th>Subject</th><th>Target</th><th class=\"n\">Current</th>");
        out.append(beside ? "<th class=\"n\">Before</th><th>Change</th>" : "");
        out.append(
                "<th>Status</th><th class=\"n\">n</th><th>Evidence</th><th class=\"n\">Headroom</th></tr></thead>\n");
        for (RunResult.Item item : judged) {
            row(item, beside);
        }
        out.append("</table>\n");
    }

    private void row(RunResult.Item item, boolean beside) {
        out.append("<tbody><tr>");
        cell(null, item.title());
        cell("subject", item.about());
        cell("limit", Words.limits(item));
        cell("n", Words.current(item));
        Change change = item.change();
        if (beside) {
            cell("n", change == null ? Words.NONE : change.before());
            cell(null, change == null ? Words.NONE : Words.change(change));
        }
        out.append("<td>");
        badge(item.status(), item.status().label());
        String reason = item.reason();
        if (reason != null) {
            out.append(" <span class=\"dim\">").append(Escape.markup(reason)).append("</span>");
        }
        out.append("</td>");
        cell("n", Words.count(item.n()));
        cell("dim", item.evidence() == null ? "" : item.evidence());
        cell("n", Words.headroom(item.headroom()));
        out.append("</tr>");
        if (item.status() != Verdict.PASS) {
            out.append("<tr class=\"why\"><td colspan=\"")
                    .append(beside ? 10 : 8)
                    .append("\">");
            out.append(Escape.markup(item.sentence()));
            contributors(item);
            out.append("</td></tr>");
        }
        out.append("</tbody>\n");
    }

    private void contributors(RunResult.Item item) {
        if (item.contributors().isEmpty()) {
            return;
        }
        out.append("<ul class=\"causes\">");
        for (RunResult.Contributor each : item.contributors()) {
            out.append("<li>").append(Escape.markup(each.key())).append(" <b><bdi>");
            out.append(Escape.markup(each.name())).append("</bdi></b>: ").append(Words.count(each.bad()));
            out.append(" of ").append(Words.count(each.n())).append(" bad, ");
            out.append(String.format(Locale.ROOT, "%,.1f", each.excess())).append(" beyond its share</li>");
        }
        out.append("</ul>");
    }

    private void cell(@Nullable String css, String text) {
        out.append(css == null ? "<td>" : "<td class=\"" + css + "\">");
        out.append("<bdi>").append(Escape.markup(text)).append("</bdi></td>");
    }

    private void unjudged() {
        List<RunResult.Item> unjudged = Words.unjudged(result);
        if (unjudged.isEmpty()) {
            return;
        }
        out.append("<details><summary>").append(unjudged.size()).append(" without data</summary>\n<table>\n");
        out.append(
                "<thead><tr><th>Budget</th><th>Subject</th><th>Target</th><th>Reason</th><th>Why</th></tr></thead>\n");
        out.append("<tbody>\n");
        for (RunResult.Item item : unjudged) {
            out.append("<tr>");
            cell(null, item.title());
            cell("subject", item.about());
            cell("limit", Words.limits(item));
            cell("dim", item.reason() == null ? "" : item.reason());
            cell("dim", item.sentence());
            out.append("</tr>\n");
        }
        out.append("</tbody></table></details>\n");
    }

    private void pictures() {
        if (result.pictures().isEmpty()) {
            return;
        }
        boolean beside =
                result.pictures().stream().anyMatch(picture -> !picture.before().isEmpty());
        out.append("<h2>Distributions</h2>\n<p class=\"dim\">Logarithmic; red is beyond the first limit");
        out.append(beside ? "; the outline is the run before" : "").append(".</p>\n<div class=\"pictures\">\n");
        for (RunResult.Picture picture : result.pictures()) {
            String subject = picture.subject().isEmpty() ? "whole service" : picture.subject();
            out.append("<figure><figcaption>");
            badge(picture.status(), picture.status().label());
            out.append(" <b>").append(Escape.markup(picture.title())).append("</b> <bdi>");
            out.append(Escape.markup(subject)).append("</bdi></figcaption>");
            out.append(Drawing.of(picture));
            out.append("<p class=\"dim\">")
                    .append(Escape.markup(Drawing.words(picture)))
                    .append("</p></figure>\n");
        }
        out.append("</div>\n");
    }

    private void environment() {
        out.append("<h2>Environment</h2>\n<dl>");
        fact("Service", result.service());
        RunResult.Name run = result.run();
        if (run != null) {
            fact("Run", run.name() + " (" + run.id() + ")");
        }
        for (Map.Entry<String, String> label : result.labels().entrySet()) {
            fact(label.getKey(), label.getValue());
        }
        fact("Budgets", result.budgets() + " (" + result.kind() + ")");
        fact("Asked for", Words.span(result.from(), result.to()));
        RunResult.Span measured = result.measured();
        fact("Measured", measured == null ? "nothing" : Words.span(measured.from(), measured.to()));
        fact("Judged", Words.time(result.judged()));
        out.append("</dl>\n");
        if (result.jvms().isEmpty()) {
            return;
        }
        out.append("<table>\n<thead><tr><th>JVM</th><th>Host</th><th>Version</th><th>Runtime</th><th>Sender</th></tr>");
        out.append("</thead>\n<tbody>\n");
        for (RunResult.Jvm jvm : result.jvms()) {
            out.append("<tr>");
            cell("subject", jvm.instance());
            cell(null, jvm.host());
            cell(null, jvm.version());
            cell(null, jvm.runtime());
            cell(null, jvm.agent());
            out.append("</tr>\n");
        }
        out.append("</tbody></table>\n");
    }

    private void fact(String name, String value) {
        out.append("<div><dt><bdi>").append(Escape.markup(name)).append("</bdi></dt><dd><bdi>");
        out.append(Escape.markup(value)).append("</bdi></dd></div>");
    }

    private static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("/report/performance.css")) {
            if (in == null) {
                throw new IllegalStateException("report/performance.css is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
