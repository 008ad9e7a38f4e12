package dev.headroom.dashboard.budget.file;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * A number with its unit, as written.
 *
 * @param number as written
 */
public record Amount(BigDecimal number, Unit unit) {
    /** In the dimension's own unit: seconds, bytes, a share of one, per second. */
    public BigDecimal base() {
        return unit.base(number);
    }

    public Dimension dimension() {
        return unit.dimension();
    }

    /** Whole nanoseconds of a duration, rounded down. */
    public long nanos() {
        return base().movePointRight(9).setScale(0, RoundingMode.DOWN).longValueExact();
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
    public String toString() {
        return number.toPlainString() + unit.symbol();
    }
}
