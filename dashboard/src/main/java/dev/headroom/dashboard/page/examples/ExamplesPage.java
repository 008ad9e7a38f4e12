package dev.headroom.dashboard.page.examples;

import dev.headroom.dashboard.example.Example;
import dev.headroom.dashboard.example.Examples;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Examples of the shown service.
 *
 * @param about the route or statement that they are of, in words; empty for all
 * @param reasons every reason and all of them, each a link
 * @param orders newest or slowest first, each a link
 * @param full whether there may be more than are shown
 */
public record ExamplesPage(
        String about, String all, List<Choice> reasons, List<Choice> orders, List<Row> rows, boolean full) {
    static final int MOST = 200;

    /** A filter or an order. */
    public record Choice(String word, String href, boolean chosen) {}

    /**
     * An example.
     *
     * @param split the bar of where its time went
     * @param outcome status, or what went wrong
     */
    public record Row(
            String id,
            String href,
            String clock,
            String time,
            String tag,
            String name,
            String reason,
            String outcome,
            boolean failed,
            String duration,
            SplitBar split,
            String calls) {}

    /** The method of a route such as "GET /pets/{id}"; null where the link names none. */
    static @Nullable String method(Frame frame) {
        String route = frame.parameter("route");
        int blank = route.indexOf(' ');
        return blank <= 0 || route.startsWith("/") ? null : route.substring(0, blank);
    }

    static @Nullable String route(Frame frame) {
        String route = frame.parameter("route");
        String method = method(frame);
        return route.isEmpty() ? null : method == null ? route : route.substring(method.length() + 1);
    }

    static ExamplesPage of(Frame frame, List<Example> examples) {
        String reason = frame.parameter("reason");
        List<Choice> reasons = new ArrayList<>();
        reasons.add(new Choice("all", frame.here("reason", ""), !Examples.REASONS.contains(reason)));
        for (String each : Examples.REASONS) {
            reasons.add(new Choice(each, frame.here("reason", each), each.equals(reason)));
        }
        boolean slowest = frame.parameter("order").equals("slowest");
        List<Choice> orders = List.of(
                new Choice("newest first", frame.here("order", ""), !slowest),
                new Choice("slowest first", frame.here("order", "slowest"), slowest));
        return new ExamplesPage(
                about(frame),
                frame.here("route", "", "fingerprint", ""),
                reasons,
                orders,
                examples.stream().map(each -> row(frame, each)).toList(),
                examples.size() == MOST);
    }

    private static String about(Frame frame) {
        String route = frame.parameter("route");
        String fingerprint = frame.parameter("fingerprint");
        String statement = fingerprint.isEmpty() ? "" : "statement " + fingerprint;
        return route.isEmpty() ? statement : statement.isEmpty() ? route : route + ", " + statement;
    }

    private static Row row(Frame frame, Example example) {
        String method = example.method();
        String route = example.route();
        return new Row(
                example.id(),
                href(frame, example.id()),
                Figures.clock(example.start()),
                example.start().toString(),
                route != null && method != null ? method : "",
                route != null ? route : example.name(),
                example.reason(),
                outcome(example),
                failed(example),
                Figures.duration(example.durationMs()),
                SplitBar.of(example),
                Figures.count(example.summary().calls()));
    }

    static String href(Frame frame, String id) {
        return frame.to("/examples/" + Frame.segment(id));
    }

    static boolean failed(Example example) {
        Integer status = example.status();
        return example.errorType() != null || (status != null && status >= 500);
    }

    static String outcome(Example example) {
        Integer status = example.status();
        String error = example.errorType();
        if (status == null) {
            return error == null ? Figures.NONE : error;
        }
        return error == null || error.equals(status.toString()) ? status.toString() : status + " " + error;
    }
}
