package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.TimeRange;
import java.util.List;
import java.util.Map;

/** Finds what a budget with {@code compare} is compared with. Thread-safe; may block on the store. */
public interface Baselines {
    /** What was found. */
    sealed interface Baseline {
        /**
         * A stretch of time; its data are in the store.
         *
         * @param words what it is, for the sentence: "the window before"
         */
        record Stored(TimeRange range, String words) implements Baseline {}

        /**
         * Data that were kept apart, for the store may have let go of them.
         *
         * @param range what they are the totals of
         * @param data event series, JVMs added up, without what JVMs did while they warmed up
         * @param resource what all its JVMs had in common
         * @param words what it is, for the sentence: "run main of 2026-11-20 14:00 UTC"
         */
        record Kept(TimeRange range, List<SeriesData> data, Map<String, String> resource, String words)
                implements Baseline {}

        /** @param why for people: "no run is called main" */
        record None(String why) implements Baseline {
            @Override
            public String words() {
                return why;
            }
        }

        /** What it is, or why there is none. */
        String words();
    }

    /** @param window what is compared with it */
    Baseline find(String service, Budget.Compare compare, TimeRange window);
}
