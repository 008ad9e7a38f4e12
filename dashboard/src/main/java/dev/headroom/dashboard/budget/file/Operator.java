package dev.headroom.dashboard.budget.file;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** How a value is held against a limit. */
public enum Operator {
    LESS("<"),
    AT_MOST("<="),
    MORE(">"),
    AT_LEAST(">="),
    EQUAL("="),
    NOT_EQUAL("!="),
    /** Below the first or above the second end of a range. */
    OUTSIDE("outside");

    private final String symbol;

    Operator(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }

    /** Whether {@code value} op {@code limit} holds; never for {@link #OUTSIDE}, which has two ends. */
    public boolean holds(BigDecimal value, BigDecimal limit) {
        int order = value.compareTo(limit);
        return switch (this) {
            case LESS -> order < 0;
            case AT_MOST -> order <= 0;
            case MORE -> order > 0;
            case AT_LEAST -> order >= 0;
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case OUTSIDE -> false;
        };
    }

    /** Whether smaller values are the better ones. */
    public boolean upper() {
        return this == LESS || this == AT_MOST || this == EQUAL;
    }

    static @Nullable Operator of(String symbol) {
        for (Operator operator : values()) {
            if (operator.symbol.equals(symbol)) {
                return operator;
            }
        }
        return null;
    }
}
