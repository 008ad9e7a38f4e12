package dev.headroom.sql;

import dev.headroom.sql.SqlTokens.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Where a text says how many rows its query skips: {@code OFFSET n}, {@code OFFSET n ROWS} or {@code LIMIT n, m}; of several the
 * last, for that of the query itself stands behind those of queries within.
 *
 * <p>Reused, for one thread at a time; allocates nothing.
 */
public final class SqlOffset {
    /** In the place of a number of rows that is not known. */
    public static final long UNKNOWN = -1;

    private final SqlTokens tokens = new SqlTokens();
    private String sql = "";
    private int parameters;
    private int place;
    private int parameter;
    private long rows = UNKNOWN;

    /** Reads a text; says whether it has an offset. */
    public boolean read(String newSql, SqlDialect dialect) {
        sql = newSql;
        parameters = 0;
        parameter = 0;
        rows = UNKNOWN;
        boolean there = false;
        tokens.open(newSql, dialect);
        Kind kind = tokens.next();
        while (kind != Kind.END && kind != Kind.REST) {
            @Nullable String keyword = tokens.keyword();
            if ("OFFSET".equals(keyword) || "LIMIT".equals(keyword)) {
                kind = tokens.next();
                if (count(kind)) {
                    int placed = place;
                    long number = number(kind);
                    kind = tokens.next();
                    if ("OFFSET".equals(keyword) || kind == Kind.COMMA) {
                        there = true;
                        parameter = placed;
                        rows = number;
                    }
                }
            } else {
                count(kind);
                kind = tokens.next();
            }
        }
        tokens.close();
        sql = "";
        return there;
    }

    /** The parameter that says it, from 1; 0 where the text says it. */
    public int parameter() {
        return parameter;
    }

    /** What the text says, or {@link #UNKNOWN}. */
    public long rows() {
        return rows;
    }

    /** Whether this is a parameter or literal; its place among the parameters is noted. */
    private boolean count(Kind kind) {
        place = 0;
        if (kind != Kind.PARAMETER) {
            return kind == Kind.LITERAL;
        }
        char first = sql.charAt(tokens.start());
        if (first == '$') {
            place = (int) Math.min(Integer.MAX_VALUE, digits(tokens.start() + 1));
        } else if (isOperator()) {
            return false;
        } else {
            parameters++;
            place = parameters;
        }
        return true;
    }

    /** PostgreSQL's driver takes two question marks for an operator. */
    private boolean isOperator() {
        return isMark(tokens.start() + 1) || isMark(tokens.start() - 1);
    }

    private boolean isMark(int at) {
        return at >= 0 && at < sql.length() && sql.charAt(at) == '?';
    }

    private long number(Kind kind) {
        return kind == Kind.LITERAL ? digits(tokens.start()) : UNKNOWN;
    }

    /** The number that stands from there to the token's end; {@link #UNKNOWN} where something else does. */
    private long digits(int from) {
        long number = 0;
        for (int i = from; i < tokens.end(); i++) {
            int digit = sql.charAt(i) - '0';
            if (digit < 0 || digit > 9 || number > Integer.MAX_VALUE) {
                return UNKNOWN;
            }
            number = 10 * number + digit;
        }
        return from < tokens.end() ? number : UNKNOWN;
    }
}
