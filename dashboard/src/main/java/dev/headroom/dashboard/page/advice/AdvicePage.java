package dev.headroom.dashboard.page.advice;

import dev.headroom.dashboard.finding.Finding;
import dev.headroom.dashboard.finding.FindingKind;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Findings of a service, the largest saving first.
 *
 * @param states what each status is, and how many there are
 */
public record AdvicePage(List<State> states, List<Row> rows) {
    /** A filter by status. */
    public record State(String word, String css, String shape, int count, String href, boolean chosen) {}

    /** A link's text and address. */
    public record Link(String text, String href) {}

    /**
     * A finding.
     *
     * @param saving of a minute; a dash where nothing tells
     * @param evidence examples that show it
     * @param routeHref empty where it belongs to no route
     */
    public record Row(
            String id,
            String title,
            String kind,
            String subject,
            String route,
            String routeHref,
            String caller,
            String saving,
            String cause,
            String fix,
            List<String> details,
            String status,
            String css,
            String shape,
            String since,
            List<Link> evidence) {}

    static AdvicePage of(Frame frame, String service, List<Finding> findings) {
        String chosen = frame.parameter("status");
        List<State> states = new ArrayList<>();
        states.add(state(frame, "all", "", "nodata", "", findings.size(), chosen));
        for (String status : List.of(Finding.OPEN, Finding.IMPROVED, Finding.GONE)) {
            int count = (int) findings.stream()
                    .filter(each -> each.status().equals(status))
                    .count();
            states.add(state(frame, status, status, css(status), shape(status), count, chosen));
        }
        boolean all =
                states.stream().noneMatch(each -> each.chosen() && !each.word().equals("all"));
        return new AdvicePage(
                states,
                findings.stream()
                        .filter(each -> all || each.status().equals(chosen))
                        .map(each -> row(frame, service, each))
                        .toList());
    }

    private static State state(
            Frame frame, String word, String value, String css, String shape, int count, String chosen) {
        return new State(
                word,
                count == 0 ? css + " none" : css,
                shape,
                count,
                frame.here("status", value),
                value.equals(chosen));
    }

    private static Row row(Frame frame, String service, Finding finding) {
        String route = finding.route();
        Double saving = finding.savingMsPerMinute();
        List<Link> evidence = new ArrayList<>();
        for (String id : finding.evidence()) {
            evidence.add(new Link(
                    String.valueOf(evidence.size() + 1),
                    frame.to("/examples/" + Frame.segment(id), "service", service)));
        }
        String caller = finding.caller();
        return new Row(
                finding.kind() + " " + finding.subject() + " " + route,
                title(finding.kind()),
                finding.kind(),
                finding.subject(),
                route == null ? "" : route,
                route == null ? "" : frame.to("/examples", "service", service, "route", route),
                caller == null ? "" : caller,
                saving == null ? Figures.NONE : Figures.duration(saving),
                finding.cause(),
                finding.fix(),
                finding.details(),
                finding.status(),
                css(finding.status()),
                shape(finding.status()),
                "first seen " + age(frame, finding) + " ago, last "
                        + Figures.age(Duration.between(finding.lastSeen(), frame.now())) + " ago",
                evidence);
    }

    private static String age(Frame frame, Finding finding) {
        return Figures.age(Duration.between(finding.firstSeen(), frame.now()));
    }

    private static String title(String kind) {
        for (FindingKind each : FindingKind.values()) {
            if (each.id().equals(kind)) {
                return each.title();
            }
        }
        return kind;
    }

    private static String css(String status) {
        return switch (status) {
            case Finding.OPEN -> "fail";
            case Finding.IMPROVED -> "warn";
            default -> "pass";
        };
    }

    private static String shape(String status) {
        return switch (status) {
            case Finding.OPEN -> "■";
            case Finding.IMPROVED -> "▲";
            default -> "●";
        };
    }
}
