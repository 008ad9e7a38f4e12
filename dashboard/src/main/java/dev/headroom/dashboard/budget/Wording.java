package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Amount;
import dev.headroom.dashboard.budget.file.Dimension;
import dev.headroom.dashboard.budget.file.Limit;
import dev.headroom.dashboard.budget.file.Operator;
import dev.headroom.dashboard.budget.file.Quantity;
import dev.headroom.dashboard.budget.file.Unit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Numbers in words, three significant digits. Stateless. */
final class Wording {
    private Wording() {}

    /** "40 of 100 were not timed". */
    static String untimed(long untimed, long n) {
        return untimed + " of " + n + " were not timed";
    }

    /** A value with the unit that suits its size: "92.4 ms", "9.2 %", "1.3 GB". */
    static String value(double value, Dimension dimension) {
        if (Double.isNaN(value)) {
            return "–";
        }
        return switch (dimension) {
            case TIME -> time(value);
            case SHARE -> digits(value * 100) + " %";
            case SIZE -> size(value);
            case RATE -> digits(value) + "/s";
            case NUMBER, WORD, FLAG, AMOUNT -> digits(value);
        };
    }

    private static String time(double seconds) {
        double size = Math.abs(seconds);
        if (size < 1e-3) {
            return digits(seconds * 1e6) + " µs";
        }
        return size < 1 ? digits(seconds * 1e3) + " ms" : digits(seconds) + " s";
    }

    private static String size(double bytes) {
        if (bytes < 1000) {
            return digits(bytes) + " B";
        }
        if (bytes < 1e6) {
            return digits(bytes / 1e3) + " kB";
        }
        return bytes < 1e9 ? digits(bytes / 1e6) + " MB" : digits(bytes / 1e9) + " GB";
    }

    /** Three significant digits; whole numbers as they are. */
    static String digits(double value) {
        if (!Double.isFinite(value)) {
            return value > 0 ? "∞" : "-∞";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(3, RoundingMode.HALF_UP));
        return rounded.scale() < 0
                ? rounded.setScale(0, RoundingMode.UNNECESSARY).toPlainString()
                : rounded.stripTrailingZeros().toPlainString();
    }

    static String probability(double p) {
        if (Double.isNaN(p)) {
            return "";
        }
        return p < 0.0001 ? "p < 0.0001" : "p = " + digits(p);
    }

    /** "took 100 ms or more", "had more than 5 SQL calls": what the events that miss the limit did. */
    static String missing(Quantity quantity, Limit limit) {
        return switch (quantity.dimension()) {
            case TIME -> missing("took ", "longer than ", limit);
            case NUMBER -> missing("had ", "more than ", limit) + " " + counted(quantity);
            default -> missing("had a " + quantity.key() + " of ", "more than ", limit);
        };
    }

    /** What there were so many of. */
    private static String counted(Quantity quantity) {
        return switch (quantity.key()) {
            case "db.calls" -> "SQL calls";
            case "db.repeated" -> "runs of one SELECT";
            case "db.repeated_writes" -> "runs of one write";
            case "db.connections.opened" -> "new connections";
            case "db.rows" -> "rows from the database";
            case "redis.calls" -> "Redis calls";
            case "offset" -> "rows to skip (OFFSET)";
            case "plan.seq_scan_rows" -> "rows read by a sequential scan";
            case "connections_per_user" -> "connections of one user";
            case "batch.size" -> "statements in a batch";
            default -> quantity.key();
        };
    }

    private static String missing(String verb, String beyond, Limit limit) {
        String amount = amount(limit.amount());
        return switch (limit.operator()) {
            case LESS -> verb + amount + " or more";
            case AT_MOST -> verb + beyond + amount;
            case MORE -> verb + amount + " or less";
            case AT_LEAST -> verb + "less than " + amount;
            case EQUAL, NOT_EQUAL, OUTSIDE -> verb + "not " + amount;
        };
    }

    /** "100 ms", with a blank before the unit. */
    static String amount(Amount amount) {
        String number = amount.number().toPlainString();
        Unit unit = amount.unit();
        boolean glued = unit == Unit.NONE || unit == Unit.PER_SECOND || unit == Unit.PER_MINUTE;
        return glued ? number + unit.symbol() : number + " " + unit.symbol();
    }

    /** "allowed: at most 5 %". */
    static String allowed(Operator operator, String amount) {
        return switch (operator) {
            case LESS -> "less than " + amount + " allowed";
            case AT_MOST -> "at most " + amount + " allowed";
            case MORE -> "more than " + amount + " wanted";
            case AT_LEAST -> "at least " + amount + " wanted";
            case EQUAL, NOT_EQUAL, OUTSIDE -> amount + " wanted";
        };
    }

    /** "over 47 min". */
    static String over(Duration length) {
        long seconds = length.toSeconds();
        if (seconds < 120) {
            return "over " + seconds + " s";
        }
        long minutes = (seconds + 30) / 60;
        return minutes < 120 ? "over " + minutes + " min" : "over " + digits(Math.round(minutes / 6.0) / 10.0) + " h";
    }

    static String events(@Nullable EventSource source, long n) {
        String one = source == null
                ? "event"
                : switch (source) {
                    case REQUESTS, REQUEST_CALLS, REQUEST_REPEATED, REQUEST_REPEATED_WRITES, REQUEST_CONNECTIONS ->
                        "request";
                    case RESPONSE_SIZES -> "response";
                    case CALLS -> "call";
                    case STATEMENTS -> "statement";
                    case QUERY_ROWS, QUERY_COLUMNS -> "result";
                    case REDIS_COMMANDS -> "command";
                    case REDIS_PINGS -> "ping";
                    case REDIS_EVICTIONS -> "eviction";
                    case LOOKUPS -> "lookup";
                    case VALUE_SIZES -> "value";
                    case LIFETIMES -> "entry";
                    case CONNECTION_WAITS -> "wait";
                    case CONNECTION_USES -> "use";
                    case CONNECTION_TIMEOUTS -> "timeout";
                    case QUERY_OFFSETS,
                            SCOPES,
                            SCOPE_STATEMENTS,
                            SCOPE_REPEATS,
                            SCOPE_REPEATED_WRITES,
                            SCOPE_ROWS,
                            SCOPE_REDIS_COMMANDS -> "run";
                };
        String many = one.equals("entry") ? "entries" : one + "s";
        return n + " " + (n == 1 ? one : many);
    }
}
