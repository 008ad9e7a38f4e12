package dev.headroom.dashboard.budget.file;

import org.jspecify.annotations.Nullable;

/**
 * What makes an event count, such as {@code status = 5xx}, {@code duration > 1s}, {@code ttl outside 60s..24h} or just
 * {@code timeout}.
 *
 * @param operator null for a quantity that is a flag
 * @param word the value as written; null for a flag
 * @param amount the value as a number; null for words and flags
 * @param upperEnd the second end of a range; null elsewhere
 * @param pattern what words are held against; null for numbers and flags
 */
public record Condition(
        Quantity quantity,
        @Nullable Operator operator,
        @Nullable String word,
        @Nullable Amount amount,
        @Nullable Amount upperEnd,
        @Nullable ValuePattern pattern) {
    static Condition word(Quantity quantity, Operator operator, String word) {
        ValuePattern pattern = ValuePattern.of(quantity.key(), java.util.List.of(word));
        return new Condition(quantity, operator, word, null, null, pattern);
    }

    static Condition number(
            Quantity quantity, Operator operator, String written, Amount amount, @Nullable Amount upperEnd) {
        return new Condition(quantity, operator, written, amount, upperEnd, null);
    }

    /** What a selector such as {@code "> 1000"} says of a number; null where it is no such comparison. */
    public static @Nullable Condition comparison(Quantity quantity, String written) {
        int blank = written.indexOf(' ');
        Operator operator = blank < 0 ? null : Operator.of(written.substring(0, blank));
        if (operator == null || operator == Operator.OUTSIDE) {
            return null;
        }
        try {
            String number = written.substring(blank + 1);
            return number(quantity, operator, number, Amount.parse(number, 0), null);
        } catch (WrongTextException notANumber) {
            return null;
        }
    }

    /** Whether it holds an amount of each event against a limit. */
    public boolean ofAmounts() {
        return pattern == null && quantity.dimension().counted();
    }

    /** Whether a word meets it; flags are met by every event. */
    public boolean metBy(@Nullable String word) {
        return pattern == null || pattern.matches(word) == (operator == Operator.EQUAL);
    }

    @Override
    public String toString() {
        return operator == null ? quantity.key() : quantity.key() + " " + operator.symbol() + " " + word;
    }
}
