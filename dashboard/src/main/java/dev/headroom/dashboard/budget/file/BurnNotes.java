package dev.headroom.dashboard.budget.file;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What alerts by burn rate can never do: a rate of 14.4 asks for more bad events than there are where 14.4 times the allowance is one
 * or more. Such a budget alerts when its verdict is FAIL. Stateless.
 */
final class BurnNotes {
    private static final BigDecimal FAST_PAGE = new BigDecimal("14.4");
    private static final BigDecimal SLOW_PAGE = BigDecimal.valueOf(6);
    private static final BigDecimal TICKET = BigDecimal.valueOf(3);

    private BurnNotes() {}

    /** A note for each budget with a dead rule. */
    static List<String> of(List<Budget> budgets) {
        List<String> notes = new ArrayList<>();
        for (Budget budget : budgets) {
            BigDecimal allowance = budget.allowance(budget.accepted());
            boolean burns = allowance != null
                    && allowance.signum() > 0
                    && budget.knobs().burnPeriod() != null
                    && budget.knobs().severity() != Knobs.Severity.NONE;
            if (burns && allowance != null && dead(FAST_PAGE, allowance)) {
                notes.add(note(budget.id(), allowance));
            }
        }
        return notes;
    }

    private static String note(String id, BigDecimal allowance) {
        String percent = allowance.movePointRight(2).stripTrailingZeros().toPlainString() + " %";
        String rule = id + ": " + percent + " may be bad, and ";
        if (!dead(SLOW_PAGE, allowance)) {
            return rule + "14.4 times that is more than everything: the fast page by burn rate (14.4x) can never fire;"
                    + " the slow one (6x) and FAIL can";
        }
        return rule + "6 times that is more than everything: it can never page by burn rate"
                + (dead(TICKET, allowance) ? ", nor file the ticket at 3x" : "")
                + "; it alerts when its verdict is FAIL";
    }

    private static boolean dead(BigDecimal factor, BigDecimal allowance) {
        return factor.multiply(allowance).compareTo(BigDecimal.ONE) >= 0;
    }
}
