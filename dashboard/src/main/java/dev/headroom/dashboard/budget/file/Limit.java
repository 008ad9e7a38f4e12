package dev.headroom.dashboard.budget.file;

import java.math.BigDecimal;

/**
 * What a measure is held to, such as {@code < 50ms}; with a sign ({@code <= +10%}) a change against a baseline.
 *
 * @param relative written with a sign
 */
public record Limit(Operator operator, Amount amount, boolean relative) {
    /** Reads an operator, a blank, and an amount. */
    static Limit parse(String text) throws WrongTextException {
        int blank = text.indexOf(' ');
        Operator operator = blank < 0 ? null : Operator.of(text.substring(0, blank));
        if (operator == null || operator == Operator.NOT_EQUAL || operator == Operator.OUTSIDE) {
            throw new WrongTextException(
                    0, "expected <, <=, >, >= or =, one blank, and a number with its unit, such as \"< 50ms\"");
        }
        String number = text.substring(blank + 1);
        Amount amount = Amount.parse(number, blank + 1);
        boolean relative = number.startsWith("+") || number.startsWith("-");
        return new Limit(operator, amount, relative);
    }

    public Dimension dimension() {
        return amount.dimension();
    }

    public boolean metBy(double value) {
        return Double.isFinite(value) && operator.holds(BigDecimal.valueOf(value), amount.base());
    }

    public boolean metBy(BigDecimal value) {
        return operator.holds(value, amount.base());
    }

    /** Whether this lets pass more than, or as much as, the other. */
    boolean looserOrEqual(Limit other) {
        if (operator.upper() != other.operator.upper()) {
            return false;
        }
        int order = amount.base().compareTo(other.amount.base());
        if (order != 0) {
            return operator.upper() ? order > 0 : order < 0;
        }
        return !(strict() && !other.strict());
    }

    private boolean strict() {
        return operator == Operator.LESS || operator == Operator.MORE;
    }

    @Override
    public String toString() {
        return operator.symbol() + " " + (relative && amount.number().signum() >= 0 ? "+" : "") + amount;
    }
}
