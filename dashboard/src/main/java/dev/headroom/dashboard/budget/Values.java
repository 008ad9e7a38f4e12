package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.Limit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Findings about plain values. Stateless. */
final class Values {
    private Values() {}

    /** @param basis what the value was computed from, such as "30 readings" */
    static Finding finding(Budget budget, Judgement judgement, double value, long n, String basis) {
        Limit limit = judgement.verdict() == Verdict.FAIL ? budget.accepted() : budget.target();
        String sentence = Wording.value(value, budget.measure().dimension()) + " of " + basis + "; "
                + Wording.allowed(limit.operator(), Wording.amount(limit.amount()));
        boolean over = !budget.target().metBy(value);
        boolean bad = !budget.accepted().metBy(value);
        return new Finding(
                judgement, value, false, n, over ? n : 0, bad ? n : 0, left(value, budget.target()), sentence);
    }

    /** Share of the way to an upper limit that is left; null for lower limits. */
    static @Nullable Double left(double value, Limit limit) {
        if (!limit.operator().upper() || Double.isNaN(value)) {
            return null;
        }
        double most = limit.amount().base().doubleValue();
        if (most == 0) {
            return value == 0 ? 1.0 : 0.0;
        }
        return 1 - value / most;
    }

    /** A change as written in limits: "+12 %". */
    static String change(double share) {
        return String.format(Locale.ROOT, "%s%s %%", share >= 0 ? "+" : "", Wording.digits(share * 100));
    }
}
