package dev.headroom.dashboard.budget.file;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** A number with its unit, as written. Immutable and thread-safe. */
public final class Amount {
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private final BigDecimal number;
    private final Unit unit;
    // Asked for with every event that is judged.
    private final BigDecimal base;
    private final long nanos;

    /** @param number as written */
    public Amount(BigDecimal number, Unit unit) {
        this.number = number;
        this.unit = unit;
        this.base = unit.base(number);
        BigDecimal whole = base.movePointRight(9).setScale(0, RoundingMode.DOWN);
        this.nanos = whole.min(MOST).max(MOST.negate()).longValueExact();
    }

    /** As written. */
    public BigDecimal number() {
        return number;
    }

    public Unit unit() {
        return unit;
    }

    /** In the dimension's own unit: seconds, bytes, a share of one, per second. */
    public BigDecimal base() {
        return base;
    }

    public Dimension dimension() {
        return unit.dimension();
    }

    /** Whole nanoseconds of a duration, rounded down; of other amounts billionths of their unit. What a long cannot hold is its end. */
    public long nanos() {
        return nanos;
    }

    Duration duration() {
        return Duration.ofNanos(nanos());
    }

    /** Reads "50ms", "-30%", "5". */
    static Amount parse(String text, int offset) throws WrongTextException {
        int end = 0;
        while (end < text.length() && "+-.0123456789".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        String number = text.substring(0, end);
        if (!number.matches("[+-]?[0-9]+(\\.[0-9]+)?")) {
            throw new WrongTextException(offset, "expected a number with its unit, such as 50ms or 5");
        }
        String symbol = text.substring(end);
        Unit unit = Unit.of(symbol);
        if (unit == null) {
            throw new WrongTextException(
                    offset + end,
                    "\"" + symbol + "\" is no unit; expected none or one of " + String.join(" ", Unit.symbols()) + "."
                            + Suggestion.of(symbol, Unit.symbols()));
        }
        return new Amount(new BigDecimal(number), unit);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Amount that && number.equals(that.number) && unit.equals(that.unit);
    }

    @Override
    public int hashCode() {
        return number.hashCode() * 31 + unit.hashCode();
    }

    @Override
    public String toString() {
        return number.toPlainString() + unit.symbol();
    }
}
