package dev.headroom.dashboard.page.examples;

import dev.headroom.dashboard.example.Example;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One example and its waterfall.
 *
 * @param id as asked for
 * @param title what was served or called; the id when nothing is kept
 * @param known whether it is kept
 * @param time of its begin
 * @param problem why there is no waterfall; empty when there is one
 * @param download its JSON
 * @param ticks of the time line, in text
 */
public record ExamplePage(
        String id,
        String title,
        boolean known,
        boolean failed,
        String outcome,
        String time,
        String service,
        List<Fact> facts,
        List<Fact> links,
        SplitBar split,
        String problem,
        List<Tick> ticks,
        List<Line> lines,
        long leftOut,
        String download) {
    /** A label and its value, or a link's text and address. */
    public record Fact(String label, String value) {}

    /** A mark of the time line. */
    public record Tick(String x, String label) {}

    /**
     * A call, or several alike.
     *
     * @param css class of its bar
     * @param repeats such as "× 37"; empty for a single one
     * @param took how long, and the longest of several
     * @param hint begin and end in words
     * @param href the list that has more of it; empty where none has
     */
    public record Line(
            String css,
            String kind,
            String text,
            String repeats,
            String took,
            String longest,
            String caller,
            String more,
            String error,
            String x,
            String width,
            String hint,
            String href) {}

    private static final int TICKS = 4;

    static ExamplePage of(Frame frame, String id, @Nullable Example example) {
        if (example == null) {
            SplitBar none = new SplitBar(List.of(), "");
            return new ExamplePage(
                    id,
                    "Example " + id,
                    false,
                    false,
                    "",
                    "",
                    "",
                    List.of(),
                    List.of(),
                    none,
                    "",
                    List.of(),
                    List.of(),
                    0,
                    "");
        }
        double whole = Math.max(example.durationMs(), end(example));
        String problem = example.problem();
        return new ExamplePage(
                id,
                example.name(),
                true,
                ExamplesPage.failed(example),
                ExamplesPage.outcome(example),
                example.start().toString(),
                example.service(),
                facts(example),
                links(frame, example),
                SplitBar.of(example),
                problem == null ? "" : problem,
                ticks(whole),
                example.calls().stream()
                        .map(call -> line(frame, example, call, whole))
                        .toList(),
                example.callsLeftOut(),
                "/api/v1/examples/" + Frame.segment(example.id()));
    }

    /** When the last call ends; work that goes on in other threads may end after the answer. */
    private static double end(Example example) {
        double end = 0;
        for (Example.Call call : example.calls()) {
            end = Math.max(end, call.startMs() + call.longestMs());
        }
        return end;
    }

    private static List<Fact> facts(Example example) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("took", Figures.duration(example.durationMs())));
        facts.add(new Fact("kept because", example.reason().isEmpty() ? Figures.NONE : example.reason()));
        add(facts, "rows", example.rows() == null ? null : Figures.count(example.rows()));
        add(facts, "thread", example.thread());
        add(facts, "trace", example.traceId());
        add(facts, "instance", example.instance());
        add(facts, "error", example.errorType());
        add(facts, "message", example.errorMessage());
        return facts;
    }

    private static void add(List<Fact> facts, String label, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            facts.add(new Fact(label, value));
        }
    }

    private static List<Fact> links(Frame frame, Example example) {
        List<Fact> links = new ArrayList<>();
        if (example.route() != null) {
            String name = example.name();
            links.add(new Fact(
                    "More examples of this route", frame.to("/examples", "service", example.service(), "route", name)));
            links.add(new Fact("The route", frame.to("/routes", "service", example.service(), "open", name) + "#open"));
        }
        links.add(new Fact("Advice", frame.to("/advice", "service", example.service())));
        return links;
    }

    private static List<Tick> ticks(double whole) {
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i <= TICKS; i++) {
            ticks.add(new Tick(SplitBar.percent(i / (double) TICKS), Figures.duration(whole * i / TICKS)));
        }
        return ticks;
    }

    private static Line line(Frame frame, Example example, Example.Call call, double whole) {
        double scale = Math.max(whole, 1e-6);
        // Several alike are drawn as long as all of them took, but never beyond the end.
        double length = Math.min(call.durationMs(), Math.max(0, whole - call.startMs()));
        String error = call.errorType();
        return new Line(
                css(call.kind()),
                word(call.kind()),
                label(call),
                call.count() > 1 ? "× " + Figures.count(call.count()) : "",
                Figures.duration(call.durationMs()),
                call.count() > 1 ? "longest " + Figures.duration(call.longestMs()) : "",
                call.caller() == null ? "" : call.caller(),
                more(example, call),
                error == null ? "" : error,
                SplitBar.percent(call.startMs() / scale),
                SplitBar.percent(length / scale),
                "begins after " + Figures.duration(call.startMs()) + ", took " + Figures.duration(call.durationMs()),
                href(frame, example, call));
    }

    private static String label(Example.Call call) {
        // The statement says what it does; a key alone does not.
        boolean statement = call.kind().equals("sql") || call.kind().equals("http");
        String text = call.text();
        return statement || call.operation().isEmpty() || text.startsWith(call.operation())
                ? text.isEmpty() ? call.operation() : text
                : (call.operation() + " " + text).strip();
    }

    private static String more(Example example, Example.Call call) {
        List<String> more = new ArrayList<>();
        if (call.rows() != null) {
            more.add(Figures.count(call.rows()) + (call.rows() == 1 ? " row" : " rows"));
        }
        if (call.valueBytes() != null) {
            more.add(
                    call.valueBytes() < 1024
                            ? call.valueBytes() + " bytes"
                            : Figures.bytes((double) call.valueBytes()));
        }
        if (call.hit() != null) {
            more.add(call.hit() ? "hit" : "miss");
        }
        if (call.transaction() != null) {
            more.add("in transaction " + call.transaction());
        }
        if (call.thread() != null && !call.thread().equals(example.thread())) {
            more.add("in " + call.thread());
        }
        return String.join(", ", more);
    }

    private static String href(Frame frame, Example example, Example.Call call) {
        return switch (call.kind()) {
            case "sql" -> {
                String open = call.fingerprint() == null ? call.text() : call.fingerprint();
                yield frame.to("/queries", "service", example.service(), "open", open) + "#open";
            }
            case "redis", "cache" -> frame.to("/caches", "service", example.service(), "open", call.text()) + "#open";
            case "pool" -> frame.to("/pools", "service", example.service());
            case "http" -> frame.to("/calls", "service", example.service());
            default -> "";
        };
    }

    private static String css(String kind) {
        return switch (kind) {
            case "sql", "redis", "http", "pool", "cache", "transaction", "commit" -> kind;
            default -> "own";
        };
    }

    private static String word(String kind) {
        return switch (kind) {
            case "sql" -> "SQL";
            case "http" -> "HTTP";
            case "redis" -> "Redis";
            default -> kind.toLowerCase(Locale.ROOT);
        };
    }
}
