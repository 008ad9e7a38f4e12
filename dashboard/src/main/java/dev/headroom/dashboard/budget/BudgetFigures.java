package dev.headroom.dashboard.budget;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest verdicts as numbers. Thread-safe; never blocks. */
public interface BudgetFigures {
    /**
     * One budget on one subject.
     *
     * @param value in seconds, bytes, a share of one, per second or plain; NaN without data
     * @param target in the same unit
     * @param acceptable in the same unit
     * @param burningAllowance share of events that may be bad, where spending it means anything: severity and burn are not none and
     *     the share is above zero; else null
     * @param probability of this many bad events or more if the budget were just kept; NaN where there is no such test
     * @param hold a FAIL must last this long to raise an alert
     * @param keep PASS or WARN must last this long to clear it
     */
    record Figure(
            String service,
            String budget,
            String subject,
            String severity,
            Verdict verdict,
            boolean waived,
            double value,
            double target,
            double acceptable,
            @Nullable Double burningAllowance,
            double probability,
            Duration hold,
            Duration keep) {}

    /** Events judged since the start, and those that did not meet a limit; they only grow. */
    record Events(String service, String budget, String subject, long all, long overTarget, long overAcceptable) {}

    List<Figure> figures();

    List<Events> events();

    /** Every service that was judged. */
    List<String> services();
}
