package dev.headroom.dashboard.operations;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Locale;

/**
 * What came of a slice of time.
 *
 * @param agents that were there in it
 * @param late of them, those of whose windows some came late, or merged into a longer one
 * @param missing of them, those of whose windows some never came
 * @param missingSeconds of all of them together
 */
public record CompletenessSlice(Instant from, Instant to, int agents, int late, int missing, double missingSeconds) {
    /** The later the worse. */
    public enum State {
        NO_AGENT,
        COMPLETE,
        LATE,
        MISSING;

        /** As in the API and in class names. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The worst that happened to one of the agents. */
    public State state() {
        if (agents == 0) {
            return State.NO_AGENT;
        }
        return missing > 0 ? State.MISSING : late > 0 ? State.LATE : State.COMPLETE;
    }

    @JsonProperty("state")
    String stateWord() {
        return state().word();
    }
}
