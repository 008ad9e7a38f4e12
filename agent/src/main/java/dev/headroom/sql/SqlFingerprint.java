package dev.headroom.sql;

import dev.headroom.sql.SqlTokens.Kind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The shape of an SQL text: its tokens with every literal and parameter as {@code ?}, lists of them as one, comments and layout
 * gone, keywords in upper case. Gives a 64-bit hash of all of it; the text itself only on demand, cut at {@link #MAX_TEXT}.
 *
 * <p>Reused, for one thread at a time; {@link #hash} allocates nothing and reads the text once, lists of literals twice.
 */
public final class SqlFingerprint {
    /** Most characters of a shape's text. */
    public static final int MAX_TEXT = 4_096;

    private static final int MAX_LIST_DEPTH = 4;
    private static final int MAX_OPERATION = 20;

    // FNV-1a, 64 bits, with the finaliser of MurmurHash3, for FNV alone leaves the high bits of short texts alike.
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private final SqlTokens tokens = new SqlTokens();
    private String sql = "";
    private @Nullable StringBuilder text;
    private long hash;

    private Kind last = Kind.END;
    private @Nullable String lastKeyword;
    private int lastEnd;
    private boolean semicolon;
    private int depth;
    private int tupleDepth;

    private int verbStart;
    private int verbEnd;
    private @Nullable String firstWord;
    private @Nullable String verb;
    private boolean anyWord;
    private int withDepth;

    /** The hash of the shape of this text. */
    public long hash(String newSql, SqlDialect dialect) {
        read(newSql, dialect, null);
        sql = "";
        return hash;
    }

    /** The shape of this text. */
    public Description describe(String newSql, SqlDialect dialect) {
        StringBuilder built = new StringBuilder();
        read(newSql, dialect, built);
        Description description = new Description(hash, built.toString(), operation());
        sql = "";
        return description;
    }

    /** A hash as it is written: 16 hexadecimal digits. */
    public static String written(long hash) {
        char[] digits = new char[16];
        for (int i = 0; i < 16; i++) {
            digits[i] = Character.forDigit((int) (hash >>> (60 - 4 * i)) & 15, 16);
        }
        return new String(digits);
    }

    private String operation() {
        String known = verb;
        if (known != null) {
            return known;
        }
        return anyWord && verbEnd - verbStart <= MAX_OPERATION
                ? sql.substring(verbStart, verbEnd).toUpperCase(Locale.ROOT)
                : "OTHER";
    }

    private void read(String newSql, SqlDialect dialect, @Nullable StringBuilder newText) {
        sql = newSql;
        text = newText;
        hash = OFFSET;
        last = Kind.END;
        lastKeyword = null;
        lastEnd = 0;
        semicolon = false;
        depth = 0;
        tupleDepth = -1;
        firstWord = null;
        verb = null;
        anyWord = false;
        tokens.open(newSql, dialect);
        Kind kind = tokens.next();
        while (kind != Kind.END) {
            kind = put(kind) ? tokens.next() : Kind.END;
        }
        tokens.close();
        text = null;
        hash ^= hash >>> 33;
        hash *= 0xff51afd7ed558ccdL;
        hash ^= hash >>> 33;
        hash *= 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
    }

    /** @return false when nothing after this token matters */
    private boolean put(Kind kind) {
        if (kind == Kind.SEMICOLON) {
            semicolon = last != Kind.END;
            return true;
        }
        if (semicolon) {
            semicolon = false;
            emit(';');
            last = Kind.SEMICOLON;
            lastKeyword = null;
        }
        @Nullable String keyword = tokens.keyword();
        if (kind == Kind.WORD) {
            verb(keyword);
        }
        if (kind != Kind.OPEN && "VALUES".equals(lastKeyword)) {
            tupleDepth = -1;
        }
        putToken(kind, keyword);
        if (kind == Kind.OPEN) {
            depth++;
        } else if (kind == Kind.CLOSE) {
            depth--;
            if (depth == tupleDepth) {
                return skipTuples();
            }
        } else if (keyword != null) {
            return afterKeyword(keyword);
        }
        if ("SET".equals(firstWord) && kind == Kind.OPERATOR && sql.charAt(tokens.start()) == '=') {
            putRest();
            return false;
        }
        return kind != Kind.REST;
    }

    private void verb(@Nullable String keyword) {
        if (!anyWord) {
            anyWord = true;
            verbStart = tokens.start();
            verbEnd = tokens.end();
            firstWord = keyword;
            withDepth = depth;
            verb = "WITH".equals(keyword) ? null : keyword;
        } else if (verb == null && keyword != null && "WITH".equals(firstWord) && depth == withDepth) {
            switch (keyword) {
                case "SELECT":
                case "INSERT":
                case "UPDATE":
                case "DELETE":
                case "MERGE":
                case "REPLACE":
                    verb = keyword;
                    break;
                default:
            }
        }
    }

    private boolean afterKeyword(String keyword) {
        switch (keyword) {
            case "IN":
            case "ANY":
            case "ALL":
            case "SOME":
                collapse(Kind.OPEN, '(', ')', Kind.CLOSE);
                return true;
            case "ARRAY":
                collapse(Kind.OPEN_BRACKET, '[', ']', Kind.CLOSE_BRACKET);
                return true;
            case "VALUES":
                tupleDepth = depth;
                return true;
            case "IDENTIFIED":
                putRest();
                return false;
            case "PASSWORD":
                if ("CREATE".equals(firstWord) || "ALTER".equals(firstWord) || "SET".equals(firstWord)) {
                    putRest();
                    return false;
                }
                return true;
            case "TO":
                if ("SET".equals(firstWord)) {
                    putRest();
                    return false;
                }
                return true;
            default:
                return true;
        }
    }

    /** A list of nothing but literals is written with one. */
    private void collapse(Kind opening, char open, char close, Kind closing) {
        int end = tokens.end();
        boolean operand = tokens.afterOperand();
        if (tokens.next() == opening && literalsUntilClose(0)) {
            if (opening == Kind.OPEN) {
                emit(' ');
            }
            emit(open);
            emit('?');
            emit(close);
            last = closing;
            lastKeyword = null;
            lastEnd = tokens.end();
        } else {
            tokens.back(end, operand);
        }
    }

    private boolean literalsUntilClose(int nested) {
        while (true) {
            Kind kind = tokens.next();
            if (kind == Kind.OPEN || kind == Kind.OPEN_BRACKET) {
                if (nested >= MAX_LIST_DEPTH || !literalsUntilClose(nested + 1)) {
                    return false;
                }
            } else if (kind != Kind.LITERAL && kind != Kind.PARAMETER && !isConstant(tokens.keyword())) {
                return false;
            }
            kind = tokens.next();
            while (kind == Kind.CAST) {
                if (tokens.next() != Kind.WORD) {
                    return false;
                }
                kind = tokens.next();
            }
            if (kind == Kind.CLOSE || kind == Kind.CLOSE_BRACKET) {
                return true;
            }
            if (kind != Kind.COMMA) {
                return false;
            }
        }
    }

    private static boolean isConstant(@Nullable String keyword) {
        return "NULL".equals(keyword) || "TRUE".equals(keyword) || "FALSE".equals(keyword);
    }

    /** Of the rows after VALUES the first stands for all. */
    private boolean skipTuples() {
        while (true) {
            int end = tokens.end();
            boolean operand = tokens.afterOperand();
            if (tokens.next() != Kind.COMMA || tokens.next() != Kind.OPEN) {
                tokens.back(end, operand);
                tupleDepth = -1;
                return true;
            }
            int open = 1;
            while (open > 0) {
                Kind kind = tokens.next();
                if (kind == Kind.END || kind == Kind.REST) {
                    putRest();
                    return false;
                }
                open += kind == Kind.OPEN ? 1 : kind == Kind.CLOSE ? -1 : 0;
            }
            lastEnd = tokens.end();
        }
    }

    private void putRest() {
        putToken(Kind.REST, null);
    }

    private void putToken(Kind kind, @Nullable String keyword) {
        if (spaceBefore(kind)) {
            emit(' ');
        }
        if (kind == Kind.LITERAL || kind == Kind.PARAMETER || kind == Kind.REST) {
            emit('?');
        } else if (keyword != null) {
            for (int i = 0; i < keyword.length(); i++) {
                emit(keyword.charAt(i));
            }
        } else {
            for (int i = tokens.start(); i < tokens.end(); i++) {
                emit(sql.charAt(i));
            }
        }
        last = kind;
        lastKeyword = keyword;
        lastEnd = tokens.end();
    }

    private boolean spaceBefore(Kind kind) {
        switch (last) {
            case END:
            case OPEN:
            case OPEN_BRACKET:
            case DOT:
            case CAST:
                return false;
            default:
        }
        switch (kind) {
            case COMMA:
            case CLOSE:
            case CLOSE_BRACKET:
            case DOT:
            case CAST:
                return false;
            case OPEN:
                return !((last == Kind.WORD && lastKeyword == null) || last == Kind.QUOTED_NAME);
            case OPEN_BRACKET:
                return last == Kind.COMMA
                        || last == Kind.OPERATOR
                        || (lastKeyword != null && !lastKeyword.equals("ARRAY"));
            case OPERATOR:
                return last != Kind.OPERATOR || lastEnd != tokens.start();
            default:
                return true;
        }
    }

    private void emit(char c) {
        hash = (hash ^ c) * PRIME;
        StringBuilder built = text;
        if (built != null && built.length() < MAX_TEXT) {
            built.append(c);
        }
    }

    /** A shape in words. Immutable. */
    public static final class Description {
        public final long hash;
        public final String text;

        /** First word in upper case; of WITH, the verb of the main query. */
        public final String operation;

        public Description(long hash, String text, String operation) {
            this.hash = hash;
            this.text = text;
            this.operation = operation;
        }
    }
}
