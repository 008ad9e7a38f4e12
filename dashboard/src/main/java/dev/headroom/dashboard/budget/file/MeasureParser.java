package dev.headroom.dashboard.budget.file;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a measure of a signal:
 *
 * <pre>
 * measure = pNN "(" m filter ")" | ("avg"|"min"|"max") "(" m filter ")" | ("share"|"count"|"rate") "(" [ cond ] ")"
 *         | "ratio(" measure ", " measure ")"
 * filter  = [ " | " key "=" value ]
 * cond    = m [ op value ]
 * </pre>
 */
final class MeasureParser {
    private static final List<String> FUNCTIONS =
            List.of("p50", "p95", "p99", "avg", "min", "max", "share", "count", "rate", "ratio");

    private final Signal signal;

    MeasureParser(Signal signal) {
        this.signal = signal;
    }

    Measure parse(String text) throws WrongTextException {
        return parse(text, 0);
    }

    private Measure parse(String text, int offset) throws WrongTextException {
        int open = text.indexOf('(');
        if (open < 0 || !text.endsWith(")")) {
            throw new WrongTextException(
                    offset, "expected a measure such as p95(duration), share(status = 5xx) or count(duration > 1s)");
        }
        String function = text.substring(0, open);
        String inside = text.substring(open + 1, text.length() - 1);
        int at = offset + open + 1;
        return switch (function) {
            case "avg" -> statistic(Measure.Statistic.Kind.AVG, inside, at);
            case "min" -> statistic(Measure.Statistic.Kind.MIN, inside, at);
            case "max" -> statistic(Measure.Statistic.Kind.MAX, inside, at);
            case "share" -> share(inside, at);
            case "count" -> new Measure.Count(condition(inside, at));
            case "rate" -> new Measure.Rate(condition(inside, at));
            case "ratio" -> ratio(inside, at);
            default -> quantile(function, inside, offset);
        };
    }

    private Measure share(String inside, int at) throws WrongTextException {
        Condition condition = condition(inside, at);
        if (condition == null) {
            throw new WrongTextException(
                    at, "share needs a condition: one of " + String.join(", ", signal.quantityKeys()));
        }
        return new Measure.Share(condition);
    }

    private Measure quantile(String function, String inside, int offset) throws WrongTextException {
        if (!function.matches("p[0-9]{1,3}(\\.[0-9]+)?")) {
            throw new WrongTextException(
                    offset,
                    "\"" + function + "\" is no function; expected pNN, avg, min, max, share, count, rate or ratio."
                            + Suggestion.of(function, FUNCTIONS));
        }
        BigDecimal percent = new BigDecimal(function.substring(1));
        if (percent.signum() <= 0 || percent.compareTo(new BigDecimal(100)) >= 0) {
            throw new WrongTextException(
                    offset, "expected a percentile above 0 and below 100, such as p95; for the largest value use max");
        }
        int at = offset + function.length() + 1;
        Subject subject = subject(inside, at);
        if (subject.quantity.dimension() == Dimension.WORD || subject.quantity.dimension() == Dimension.FLAG) {
            throw new WrongTextException(
                    at,
                    subject.quantity.key() + " has no percentile; expected share(" + subject.quantity.key() + " …)");
        }
        return new Measure.Quantile(percent.movePointLeft(2), subject.quantity, subject.filter);
    }

    private Measure statistic(Measure.Statistic.Kind kind, String inside, int at) throws WrongTextException {
        Subject subject = subject(inside, at);
        Dimension dimension = subject.quantity.dimension();
        if (dimension == Dimension.WORD || dimension == Dimension.FLAG) {
            String key = subject.quantity.key();
            throw new WrongTextException(
                    at, key + " is no number; expected share(" + key + " …) or count(" + key + " …)");
        }
        return new Measure.Statistic(kind, subject.quantity, subject.filter);
    }

    private Measure ratio(String inside, int at) throws WrongTextException {
        int depth = 0;
        for (int i = 0; i < inside.length(); i++) {
            char c = inside.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0 && inside.startsWith(", ", i)) {
                Measure.Ratio ratio = new Measure.Ratio(
                        parse(inside.substring(0, i), at), parse(inside.substring(i + 2), at + i + 2));
                if (ratio.reading()
                        || ratio.over() instanceof Measure.Ratio
                        || ratio.under() instanceof Measure.Ratio) {
                    throw new WrongTextException(
                            at, "expected two measures of events, neither a ratio nor of readings");
                }
                return ratio;
            }
        }
        throw new WrongTextException(at, "expected two measures separated by \", \"");
    }

    private record Subject(Quantity quantity, Measure.@Nullable Filter filter) {}

    private Subject subject(String inside, int at) throws WrongTextException {
        int bar = inside.indexOf(" | ");
        if (bar < 0) {
            return new Subject(quantity(inside, at), null);
        }
        String filter = inside.substring(bar + 3);
        int equals = filter.indexOf('=');
        String key = equals < 0 ? filter : filter.substring(0, equals);
        if (equals < 0 || !(signal.selectors().contains(key) || signal.free())) {
            throw new WrongTextException(
                    at + bar + 3,
                    "expected key=value with a key of " + String.join(", ", signal.selectors()) + "."
                            + Suggestion.of(key, signal.selectors()));
        }
        String wanted = filter.substring(equals + 1);
        boolean outcome = key.equals("cache") && (signal == Signal.HTTP || signal == Signal.REQUEST);
        if (outcome && !List.of("hit", "miss", "any", "none").contains(wanted)) {
            throw new WrongTextException(
                    at + bar + 4 + equals,
                    "expected hit, miss, any or none." + Suggestion.of(wanted, List.of("hit", "miss")));
        }
        ValuePattern value = ValuePattern.of(key, List.of(wanted));
        return new Subject(quantity(inside.substring(0, bar), at), new Measure.Filter(key, value));
    }

    private Quantity quantity(String name, int at) throws WrongTextException {
        Quantity quantity = signal.quantity(name);
        if (quantity == null) {
            throw new WrongTextException(
                    at,
                    "signal " + signal.key() + " has no \"" + name + "\"; expected one of "
                            + String.join(", ", signal.quantityKeys()) + "."
                            + Suggestion.of(name, signal.quantityKeys()));
        }
        return quantity;
    }

    private @Nullable Condition condition(String inside, int at) throws WrongTextException {
        if (inside.isEmpty()) {
            return null;
        }
        int blank = inside.indexOf(' ');
        Quantity asked = quantity(blank < 0 ? inside : inside.substring(0, blank), at);
        if (asked.reading()) {
            throw new WrongTextException(
                    at, asked.key() + " is read from time to time; expected avg, max, min or a percentile of it");
        }
        if (blank < 0) {
            Quantity flag = quantity(inside, at);
            if (flag.dimension() != Dimension.FLAG && !signal.free()) {
                throw new WrongTextException(
                        at,
                        flag.key() + " needs a comparison, such as " + flag.key() + " > "
                                + (flag.dimension() == Dimension.TIME ? "1s" : "10"));
            }
            return new Condition(flag, null, null, null, null, null);
        }
        Quantity quantity = quantity(inside.substring(0, blank), at);
        int end = inside.indexOf(' ', blank + 1);
        String symbol = end < 0 ? inside.substring(blank + 1) : inside.substring(blank + 1, end);
        Operator operator = Operator.of(symbol);
        if (operator == null || end < 0) {
            throw new WrongTextException(
                    at + blank + 1, "expected =, !=, <, <=, >, >= or outside, one blank, and a value");
        }
        return compare(quantity, operator, inside.substring(end + 1), at + end + 1);
    }

    private static Condition compare(Quantity quantity, Operator operator, String value, int at)
            throws WrongTextException {
        boolean equality = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
        boolean word =
                quantity.dimension() == Dimension.WORD || (equality && (value.equals("none") || value.equals("any")));
        if (word) {
            if (!equality) {
                throw new WrongTextException(at, quantity.key() + " is a word; expected = or !=");
            }
            checkWord(quantity.key(), value, at);
            return Condition.word(quantity, operator, value);
        }
        if (operator == Operator.OUTSIDE) {
            int dots = value.indexOf("..");
            if (dots < 0) {
                throw new WrongTextException(at, "outside takes a range such as 60s..24h");
            }
            Amount low = amount(quantity, value.substring(0, dots), at);
            return Condition.number(
                    quantity, operator, value, low, amount(quantity, value.substring(dots + 2), at + dots + 2));
        }
        return Condition.number(quantity, operator, value, amount(quantity, value, at), null);
    }

    /** Words that nothing can ever be are mistakes. */
    private static void checkWord(String key, String value, int at) throws WrongTextException {
        List<String> known = switch (key) {
            case "outcome" -> List.of("success", "error");
            case "result" -> List.of("hit", "miss");
            default -> List.of();
        };
        boolean presence = value.equals("any") || value.equals("none");
        if (!known.isEmpty() && !presence && !known.contains(value)) {
            throw new WrongTextException(
                    at, "expected one of " + String.join(", ", known) + "." + Suggestion.of(value, known));
        }
        if (key.equals("status") && !presence && !value.matches("[1-5]xx|[1-5][0-9]{2}")) {
            throw new WrongTextException(at, "expected a status such as 404 or 5xx");
        }
    }

    private static Amount amount(Quantity quantity, String text, int at) throws WrongTextException {
        Amount amount = Amount.parse(text, at);
        boolean bare = amount.dimension() == Dimension.NUMBER && quantity.dimension() == Dimension.SIZE;
        boolean any = quantity.dimension() == Dimension.FLAG || quantity.dimension() == Dimension.AMOUNT;
        if (amount.dimension() != quantity.dimension() && !bare && !any) {
            throw new WrongTextException(
                    at,
                    quantity.key() + " is compared with " + quantity.dimension().expected());
        }
        return amount;
    }
}
