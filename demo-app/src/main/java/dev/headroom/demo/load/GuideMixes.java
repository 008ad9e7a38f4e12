package dev.headroom.demo.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What the users of the five guides' services do. Each mix lists, looks at a dashboard and creates in the weights 3, 2 and 1 of
 * guide 001; what else a guide names is a smaller share. Few users are active, so that caches have something to do.
 */
public final class GuideMixes {
    /** Between one and three seconds, as in guide 001. */
    private static final Duration WAIT = Duration.ofSeconds(2);

    private static final int LIST = 6;
    private static final int DASHBOARD = 4;
    private static final int CREATE = 2;
    private static final int OTHER = 1;
    private static final int ACTIVE = 30;

    private GuideMixes() {}

    /** The mix of petcare, clinic, journal, tasks or study on the routes below a prefix such as {@code /api}. */
    public static LoadMix of(String system, String prefix) {
        return new LoadMix(steps(system, prefix), first(system));
    }

    /** One mix over the switched routes and both twins. */
    public static LoadMix ofAll(String system) {
        List<LoadMix.Step> all = new ArrayList<>();
        for (String prefix : List.of("/api", "/naive", "/optimised")) {
            all.addAll(steps(system, prefix));
        }
        return new LoadMix(all, first(system));
    }

    /** The clinic's users log in. */
    private static List<Ask> first(String system) {
        String credentials = "{\"username\":\"testuser\",\"password\":\"testpass\"}";
        return system.equals("clinic")
                ? List.of(new Ask("POST /api/auth/login", "POST", "/api/auth/login", credentials))
                : List.of();
    }

    private static List<LoadMix.Step> steps(String system, String prefix) {
        return switch (system) {
            case "petcare" -> petcare(prefix);
            case "clinic" -> clinic(prefix);
            case "journal" -> journal(prefix);
            case "tasks" -> tasks(prefix);
            case "study" -> study(prefix);
            default ->
                throw new IllegalArgumentException(
                        "No mix for " + system + ": expected petcare, clinic, journal, tasks or study");
        };
    }

    private static List<LoadMix.Step> petcare(String prefix) {
        return List.of(
                get(LIST / 2, prefix, "/users/{id}/pets", any -> "/users/" + any.oneTo(ACTIVE) + "/pets"),
                get(
                        LIST / 2,
                        prefix,
                        "/pets/{id}/records",
                        any -> "/pets/" + any.oneTo(ACTIVE) + "/records?month=2025-12-01"),
                get(
                        DASHBOARD / 2,
                        prefix,
                        "/pets/{id}/statistics",
                        any -> "/pets/" + any.oneTo(ACTIVE) + "/statistics"),
                get(DASHBOARD / 2, prefix, "/pets/{id}", any -> "/pets/" + any.oneTo(ACTIVE)),
                post(
                        CREATE,
                        prefix,
                        "/medications/{id}/logs",
                        any -> "/medications/" + any.oneTo(60_000) + "/logs?times=20",
                        ""),
                get(OTHER, prefix, "/pets", any -> "/pets?ids=" + ids(any, 5, ACTIVE)),
                get(OTHER, prefix, "/pets/{id}/appointments", any -> "/pets/" + any.oneTo(ACTIVE) + "/appointments"),
                get(OTHER, prefix, "/vet-clinics", any -> "/vet-clinics?location=Town" + any.oneTo(3)),
                get(
                        OTHER,
                        prefix,
                        "/vet-clinics/around",
                        any -> "/vet-clinics/around?locations=Town1,Town2,Town3,Town4,Town5"),
                post(OTHER, prefix, "/reminders", any -> "/reminders", any -> "[" + ids(any, 20, 60_000) + "]"),
                post(
                        OTHER,
                        prefix,
                        "/pets/{id}/referrals",
                        any -> "/pets/" + any.oneTo(ACTIVE) + "/referrals?location=Town" + any.oneTo(3),
                        ""),
                post(OTHER, prefix, "/pets/{id}/views", any -> "/pets/" + any.oneTo(ACTIVE) + "/views", ""),
                send(OTHER, "PUT", prefix, "/pets/{id}", any -> "/pets/" + any.oneTo(ACTIVE) + "?name=Rex", any -> ""));
    }

    private static List<LoadMix.Step> clinic(String prefix) {
        return List.of(
                get(LIST, prefix, "/patients", any -> "/patients?tenant=" + any.oneTo(5)),
                get(DASHBOARD, prefix, "/dashboard/stats", any -> "/dashboard/stats?tenant=" + any.oneTo(5)),
                post(
                        CREATE,
                        prefix,
                        "/appointments",
                        any -> "/appointments",
                        any ->
                                "{\"tenant\":%d,\"patientId\":%d,\"at\":\"2026-12-15T10:00:00Z\",\"reason\":\"Check-up\"}"
                                        .formatted(any.oneTo(20), any.oneTo(10_000))),
                get(OTHER, prefix, "/patients/ids", any -> "/patients/ids?tenant=" + any.oneTo(5)),
                get(OTHER, prefix, "/patients/{id}", any -> "/patients/" + any.oneTo(ACTIVE) + "?fields=id,name"),
                get(OTHER, prefix, "/patients/{id}/intake", any -> "/patients/" + any.oneTo(ACTIVE) + "/intake"),
                get(OTHER, prefix, "/patients/batch", any -> "/patients/batch?ids=" + ids(any, 5, ACTIVE)),
                get(
                        OTHER,
                        prefix,
                        "/appointments",
                        any -> "/appointments?tenant=" + any.oneTo(5) + "&day=2026-11-2" + any.oneTo(8)),
                get(OTHER, prefix, "/appointments/next", any -> "/appointments/next?tenant=" + any.oneTo(5)),
                get(OTHER, prefix, "/staff/present", any -> "/staff/present?ids=" + ids(any, 8, ACTIVE)),
                send(
                        CREATE,
                        "PUT",
                        prefix,
                        "/staff/{id}/presence",
                        any -> "/staff/" + any.oneTo(ACTIVE) + "/presence",
                        any -> ""),
                post(
                        OTHER,
                        prefix,
                        "/patients",
                        any -> "/patients",
                        any -> "{\"tenant\":%d,\"name\":\"New\",\"email\":\"new@example.org\",\"phone\":\"+1\"}"
                                .formatted(6 + any.oneTo(14))),
                post(OTHER, prefix, "/reminders", any -> "/reminders", any -> "[" + ids(any, 20, 80_000) + "]"),
                send(
                        OTHER,
                        "PUT",
                        prefix,
                        "/patients/{id}",
                        any -> "/patients/" + any.oneTo(ACTIVE) + "?phone=1",
                        any -> ""));
    }

    private static List<LoadMix.Step> journal(String prefix) {
        return List.of(
                get(
                        LIST,
                        prefix,
                        "/journal/entries",
                        any -> "/journal/entries?page_size=20&user_id=" + any.oneTo(ACTIVE)),
                get(DASHBOARD, prefix, "/profiles/{userId}", any -> "/profiles/" + any.oneTo(ACTIVE)),
                post(
                        OTHER,
                        prefix,
                        "/journal/entries",
                        any -> "/journal/entries",
                        any -> "{\"userId\":%d,\"mood\":3,\"text\":\"A day like any other.\"}"
                                .formatted(any.oneTo(ACTIVE))),
                post(
                        CREATE,
                        prefix,
                        "/chat",
                        any -> "/chat",
                        any -> "{\"userId\":%d,\"text\":\"Question number %d\"}".formatted(any.oneTo(5), any.oneTo(5))),
                get(OTHER, prefix, "/users", any -> "/users?ids=" + ids(any, 10, 1000)),
                offeringGzip(
                        get(OTHER, prefix, "/conversations/{userId}", any -> "/conversations/" + any.oneTo(ACTIVE))));
    }

    private static List<LoadMix.Step> tasks(String prefix) {
        return List.of(
                get(LIST / 2, prefix, "/users", any -> "/users?limit=20&page=" + any.oneTo(5)),
                get(LIST / 2, prefix, "/users/{id}", any -> "/users/" + any.oneTo(ACTIVE)),
                get(
                        DASHBOARD / 2,
                        prefix,
                        "/users/{id}/preferences",
                        any -> "/users/" + any.oneTo(ACTIVE) + "/preferences"),
                get(
                        DASHBOARD / 2,
                        prefix,
                        "/users/by-email",
                        any -> "/users/by-email?email=user" + any.oneTo(30_000) + "@example.org"),
                get(OTHER, prefix, "/users/by-username", any -> "/users/by-username?username=user" + any.oneTo(30_000)),
                get(OTHER, prefix, "/users", GuideMixes::farPage),
                get(OTHER, prefix, "/users/{id}/open-tasks", any -> "/users/" + any.oneTo(ACTIVE) + "/open-tasks"),
                post(CREATE, prefix, "/users", any -> "/users", GuideMixes::newUser),
                post(
                        OTHER,
                        prefix,
                        "/users/bulk",
                        any -> "/users/bulk",
                        any -> LongStream.range(0, 100)
                                .mapToObj(number -> newUser(any))
                                .collect(Collectors.joining(",", "[", "]"))),
                send(
                        OTHER,
                        "PUT",
                        prefix,
                        "/users/{id}",
                        any -> "/users/" + any.oneTo(ACTIVE) + "?name=New",
                        any -> ""),
                send(OTHER, "DELETE", prefix, "/users/{id}", any -> "/users/" + (100 + any.oneTo(20_000)), any -> ""));
    }

    private static List<LoadMix.Step> study(String prefix) {
        return List.of(
                get(
                        LIST,
                        prefix,
                        "/students/{id}/summaries",
                        any -> "/students/" + any.oneTo(500) + "/summaries?limit=20"),
                get(DASHBOARD, prefix, "/progress/{id}", any -> "/progress/" + any.oneTo(ACTIVE)),
                get(
                        CREATE,
                        prefix,
                        "/practice",
                        any -> "/practice?subject=" + any.oneTo(5) + "&difficulty=" + any.oneTo(3)),
                get(
                        OTHER,
                        prefix,
                        "/students/{id}/ratings/{subject}",
                        any -> "/students/" + any.oneTo(ACTIVE) + "/ratings/1"),
                get(OTHER, prefix, "/subjects/{id}", any -> "/subjects/" + any.oneTo(10)),
                get(OTHER, prefix, "/students/{id}", any -> "/students/" + any.oneTo(ACTIVE)));
    }

    /** With the number of the page and the cursor that leads there. */
    private static String farPage(Visitor any) {
        long page = 100 + any.oneTo(100);
        long user = 30_000 - 20 * page;
        long micros = Instant.parse("2026-01-01T00:00:00Z")
                        .plus(Duration.ofMinutes(13 * user))
                        .getEpochSecond()
                * 1_000_000;
        return "/users?limit=20&page=" + page + "&cursor=" + micros + "_" + user;
    }

    private static String newUser(Visitor any) {
        String name = "u"
                + Long.toString(any.oneTo(Long.MAX_VALUE - 1), Character.MAX_RADIX)
                        .toLowerCase(Locale.ROOT);
        return "{\"username\":\"%s\",\"email\":\"%s@example.org\",\"fullName\":\"New User\"}".formatted(name, name);
    }

    /** Different ones, with commas between them. */
    private static String ids(Visitor any, int count, int bound) {
        long first = any.oneTo(bound - count);
        return Arrays.stream(LongStream.range(first, first + count).toArray())
                .mapToObj(Long::toString)
                .collect(Collectors.joining(","));
    }

    private static LoadMix.Step get(int weight, String prefix, String template, Function<Visitor, String> path) {
        return new LoadMix.Step(
                weight, WAIT, visitor -> Ask.of("GET", prefix + template, prefix + path.apply(visitor)));
    }

    private static LoadMix.Step offeringGzip(LoadMix.Step step) {
        return new LoadMix.Step(
                step.weight(),
                step.think(),
                visitor -> step.ask().apply(visitor).offeringGzip());
    }

    private static LoadMix.Step post(
            int weight, String prefix, String template, Function<Visitor, String> path, String body) {
        return send(weight, "POST", prefix, template, path, any -> body);
    }

    private static LoadMix.Step post(
            int weight,
            String prefix,
            String template,
            Function<Visitor, String> path,
            Function<Visitor, String> body) {
        return send(weight, "POST", prefix, template, path, body);
    }

    private static LoadMix.Step send(
            int weight,
            String method,
            String prefix,
            String template,
            Function<Visitor, String> path,
            Function<Visitor, String> body) {
        return new LoadMix.Step(weight, WAIT, visitor -> {
            String text = body.apply(visitor);
            return new Ask(
                    method + " " + prefix + template,
                    method,
                    prefix + path.apply(visitor),
                    text.isEmpty() ? null : text);
        });
    }
}
