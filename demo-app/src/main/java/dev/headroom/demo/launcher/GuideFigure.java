package dev.headroom.demo.launcher;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of a guide's tables and the route that stands for it.
 *
 * @param guide number of the guide, such as 002
 * @param what the row's own words
 * @param route "METHOD template" below {@code /api}
 * @param promise the guide's figure, as text
 * @param limitMillis what the optimised p95 must keep below; 0 where the guide promises no time
 * @param fasterPercent how much smaller the median must at least become; 0 where the guide promises none
 * @param fewerPercent how many fewer statements a request must at least make; 0 where the guide promises none
 * @param ofCached whether the figure is about answers from the cache
 */
record GuideFigure(
        String guide,
        String what,
        GuideSystem system,
        String route,
        String promise,
        double limitMillis,
        int fasterPercent,
        int fewerPercent,
        boolean ofCached) {

    /** Every row about an application's route, guide by guide. */
    static List<GuideFigure> all() {
        return List.of(
                fewer(
                        "000",
                        "Eager loading: user with pets",
                        GuideSystem.PETCARE,
                        "GET /users/{id}/pets",
                        "one query instead of N+1 (ours: 50 % fewer)",
                        50),
                fewer(
                        "000",
                        "Bulk create of 20 logs",
                        GuideSystem.PETCARE,
                        "POST /medications/{id}/logs",
                        "one batch (ours: 90 % fewer)",
                        90),
                fewer(
                        "000",
                        "Bulk update of 20 reminders",
                        GuideSystem.PETCARE,
                        "POST /reminders",
                        "one statement (ours: 90 % fewer)",
                        90),
                fewer(
                        "000",
                        "Batch of pets (get_many)",
                        GuideSystem.PETCARE,
                        "GET /pets",
                        "one query for all (ours: 60 % fewer)",
                        60),
                fewer(
                        "000",
                        "Aggregate in the database",
                        GuideSystem.PETCARE,
                        "GET /pets/{id}/statistics",
                        "one query, cached 180 s (ours: 60 % fewer)",
                        60),
                faster(
                        "000",
                        "Cached answer of the clinic directory",
                        GuideSystem.PETCARE,
                        "GET /vet-clinics",
                        "cached 1 h (ours: 90 % faster)",
                        90,
                        true),
                within("001", "GET /patients", GuideSystem.CLINIC, "GET /patients", 200),
                within("001", "GET /patients/{id}", GuideSystem.CLINIC, "GET /patients/{id}", 100),
                within("001", "POST /patients", GuideSystem.CLINIC, "POST /patients", 300),
                within("001", "GET /dashboard/stats", GuideSystem.CLINIC, "GET /dashboard/stats", 500),
                within("001", "GET /appointments", GuideSystem.CLINIC, "GET /appointments", 200),
                fewer(
                        "001",
                        "Eager loading of appointments",
                        GuideSystem.CLINIC,
                        "GET /patients",
                        "one query instead of N+1 (ours: 90 % fewer)",
                        90),
                faster(
                        "001",
                        "Ids only",
                        GuideSystem.CLINIC,
                        "GET /patients/ids",
                        "only the needed columns (ours: 10 % faster)",
                        10,
                        false),
                faster(
                        "002",
                        "List journal entries, cached",
                        GuideSystem.JOURNAL,
                        "GET /journal/entries",
                        "450 → 35 ms (92 % faster)",
                        92,
                        true),
                fewer("002", "List journal entries, queries", GuideSystem.JOURNAL, "GET /journal/entries", "2 → 1", 50),
                faster(
                        "002",
                        "Get user profile, cached",
                        GuideSystem.JOURNAL,
                        "GET /profiles/{userId}",
                        "85 → 3 ms (96 % faster)",
                        96,
                        true),
                faster(
                        "002",
                        "Chat message, cached",
                        GuideSystem.JOURNAL,
                        "POST /chat",
                        "1200 → 250 ms (79 % faster)",
                        79,
                        true),
                fewer("002", "Chat message, queries", GuideSystem.JOURNAL, "POST /chat", "3 → 2", 33),
                within("003", "Single read", GuideSystem.TASKS, "GET /users/{id}", 50),
                within("003", "Read by e-mail in 30,000 users", GuideSystem.TASKS, "GET /users/by-email", 100),
                within("003", "Read by username in 30,000 users", GuideSystem.TASKS, "GET /users/by-username", 100),
                within("003", "Single create", GuideSystem.TASKS, "POST /users", 100),
                within("003", "Single update", GuideSystem.TASKS, "PUT /users/{id}", 100),
                within("003", "Single delete", GuideSystem.TASKS, "DELETE /users/{id}", 100),
                within("003", "Paginated list (20)", GuideSystem.TASKS, "GET /users", 200),
                within("003", "Bulk create 100", GuideSystem.TASKS, "POST /users/bulk", 500),
                faster(
                        "003",
                        "Cached read at least 5 times faster",
                        GuideSystem.TASKS,
                        "GET /users/{id}",
                        "5–10x",
                        80,
                        true),
                faster(
                        "004",
                        "Student profile, cached",
                        GuideSystem.STUDY,
                        "GET /students/{id}",
                        "90 % faster",
                        90,
                        true),
                faster("004", "Subject, cached", GuideSystem.STUDY, "GET /subjects/{id}", "95 % faster", 95, true),
                faster("004", "Goals, cached", GuideSystem.STUDY, "GET /progress/{id}", "80 % faster", 80, true),
                fewer(
                        "004",
                        "Eager loading: summaries",
                        GuideSystem.STUDY,
                        "GET /students/{id}/summaries",
                        "70 % fewer queries",
                        70),
                fewer(
                        "004",
                        "Eager loading: progress",
                        GuideSystem.STUDY,
                        "GET /progress/{id}",
                        "60 % fewer queries",
                        60),
                faster(
                        "004",
                        "Index on filtered columns",
                        GuideSystem.STUDY,
                        "GET /students/{id}/ratings/{subject}",
                        "50–80 % faster",
                        50,
                        false),
                faster(
                        "004",
                        "Index on filtered and sorted columns",
                        GuideSystem.STUDY,
                        "GET /practice",
                        "60–90 % faster",
                        60,
                        false));
    }

    /** With the guide's promise on a measured pair; null when one of the two was not measured. */
    @Nullable
    Boolean kept(@Nullable Measured naive, @Nullable Measured optimised) {
        if (naive == null || optimised == null) {
            return null;
        }
        if (limitMillis > 0) {
            return optimised.p95Millis() < limitMillis;
        }
        if (fewerPercent > 0) {
            return optimised.statements() <= naive.statements() * (1 - fewerPercent / 100.0) + 1e-9;
        }
        double millis = ofCached ? optimised.hitP50Millis() : optimised.p50Millis();
        return Double.isNaN(millis) ? null : millis <= naive.p50Millis() * (1 - fasterPercent / 100.0);
    }

    private static GuideFigure within(String guide, String what, GuideSystem system, String route, int millis) {
        return new GuideFigure(guide, what, system, route, "p95 < " + millis + " ms", millis, 0, 0, false);
    }

    private static GuideFigure faster(
            String guide,
            String what,
            GuideSystem system,
            String route,
            String promise,
            int percent,
            boolean ofCached) {
        return new GuideFigure(guide, what, system, route, promise, 0, percent, 0, ofCached);
    }

    private static GuideFigure fewer(
            String guide, String what, GuideSystem system, String route, String promise, int percent) {
        return new GuideFigure(guide, what, system, route, promise, 0, 0, percent, false);
    }

    /**
     * A route in one mode.
     *
     * @param count requests
     * @param statements SQL statements of a request, on average
     * @param hitP50Millis median of the requests whose lookups all hit; NaN where there is none
     * @param clockP50Millis the generator's own median, from the intended start
     */
    record Measured(
            long count,
            double p50Millis,
            double p95Millis,
            double statements,
            double hitP50Millis,
            double clockP50Millis) {}
}
