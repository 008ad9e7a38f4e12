package dev.headroom.sql;

import dev.headroom.sql.SqlDialect.Backslash;
import org.jspecify.annotations.Nullable;

/**
 * Cuts an SQL text into tokens, without copying it. Comments vanish; whatever may be a literal is one, and where a literal does
 * not end, all that follows belongs to it.
 *
 * <p>Reused, for one thread at a time.
 */
final class SqlTokens {
    enum Kind {
        END,
        WORD,
        QUOTED_NAME,
        LITERAL,
        PARAMETER,
        OPERATOR,
        CAST,
        COMMA,
        DOT,
        SEMICOLON,
        OPEN,
        CLOSE,
        OPEN_BRACKET,
        CLOSE_BRACKET,
        /** A literal, comment or name that does not end: the last token. */
        REST
    }

    private String sql = "";
    private SqlDialect dialect = SqlDialect.UNKNOWN;
    private int at;
    private int start;
    private @Nullable String keyword;
    private boolean afterOperand;
    private boolean inCode;

    void open(String newSql, SqlDialect newDialect) {
        sql = newSql;
        dialect = newDialect;
        at = 0;
        start = 0;
        keyword = null;
        afterOperand = false;
        inCode = false;
    }

    /** Forgets the text. */
    void close() {
        sql = "";
    }

    /** Where the last token begins. */
    int start() {
        return start;
    }

    /** Where the last token ends. */
    int end() {
        return at;
    }

    /** The last token in upper case, when it is a keyword. */
    @Nullable
    String keyword() {
        return keyword;
    }

    /** Goes back to the end of an earlier token. */
    void back(int end, boolean operand) {
        at = end;
        afterOperand = operand;
    }

    boolean afterOperand() {
        return afterOperand;
    }

    Kind next() {
        keyword = null;
        if (!skipBlanks()) {
            start = at;
            at = sql.length();
            return Kind.REST;
        }
        start = at;
        Kind kind = at < sql.length() ? read(sql.charAt(at)) : Kind.END;
        afterOperand = kind == Kind.LITERAL
                || kind == Kind.PARAMETER
                || kind == Kind.QUOTED_NAME
                || kind == Kind.CLOSE
                || kind == Kind.CLOSE_BRACKET
                || (kind == Kind.WORD && keyword == null);
        return kind;
    }

    private Kind read(char c) {
        switch (c) {
            case '\'':
                return quoted(at + 1, '\'', dialect.backslash, Kind.LITERAL);
            case '"':
                return dialect.doubleQuotedStrings
                        ? quoted(at + 1, '"', dialect.backslash, Kind.LITERAL)
                        : quoted(at + 1, '"', Backslash.PLAIN, Kind.QUOTED_NAME);
            case '`':
                return quoted(at + 1, '`', Backslash.PLAIN, Kind.QUOTED_NAME);
            case '[':
                return dialect.bracketedNames
                        ? quoted(at + 1, ']', Backslash.PLAIN, Kind.QUOTED_NAME)
                        : one(Kind.OPEN_BRACKET);
            case ']':
                return one(Kind.CLOSE_BRACKET);
            case '(':
            case '{':
                return one(Kind.OPEN);
            case ')':
            case '}':
                return one(Kind.CLOSE);
            case ',':
                return one(Kind.COMMA);
            case ';':
                return one(Kind.SEMICOLON);
            case '?':
                return one(Kind.PARAMETER);
            case '.':
                return isDigit(peek(1)) && !afterOperand ? number(at) : one(Kind.DOT);
            case '+':
            case '-':
                return !afterOperand && (isDigit(peek(1)) || (peek(1) == '.' && isDigit(peek(2))))
                        ? number(at + 1)
                        : one(Kind.OPERATOR);
            case '$':
                return dollar();
            case ':':
                return colon();
            case '@':
                return isWord(peek(1)) ? word(at + 1, Kind.PARAMETER) : systemVariable();
            default:
                if (isDigit(c)) {
                    return number(at);
                }
                return isWord(c) || (c == '#' && isWord(peek(1))) ? word(at + 1, Kind.WORD) : one(Kind.OPERATOR);
        }
    }

    private Kind one(Kind kind) {
        at++;
        return kind;
    }

    private Kind systemVariable() {
        return peek(1) == '@' && isWord(peek(2)) ? word(at + 3, Kind.WORD) : one(Kind.OPERATOR);
    }

    private Kind colon() {
        if (peek(1) == ':') {
            at += 2;
            return Kind.CAST;
        }
        return isWord(peek(1)) || isDigit(peek(1)) ? word(at + 2, Kind.PARAMETER) : one(Kind.OPERATOR);
    }

    private Kind dollar() {
        if (isDigit(peek(1))) {
            return word(at + 2, Kind.PARAMETER);
        }
        int tagEnd = at + 1;
        while (tagEnd < sql.length() && sql.charAt(tagEnd) != '$' && isWordPart(sql.charAt(tagEnd))) {
            tagEnd++;
        }
        if (!dialect.dollarQuotes || tagEnd >= sql.length() || sql.charAt(tagEnd) != '$') {
            return word(at + 1, Kind.WORD);
        }
        int tagLength = tagEnd + 1 - at;
        for (int i = tagEnd + 1; i <= sql.length() - tagLength; i++) {
            if (sql.regionMatches(i, sql, at, tagLength)) {
                at = i + tagLength;
                return Kind.LITERAL;
            }
        }
        return rest();
    }

    /** From the given place on, to the closing quote; a doubled quote is part of the text. */
    private Kind quoted(int from, char quote, Backslash backslash, Kind kind) {
        int i = from;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            if (c == quote) {
                if (i + 1 >= sql.length() || sql.charAt(i + 1) != quote) {
                    at = i + 1;
                    return kind;
                }
                i++;
            } else if (c == '\\' && backslash != Backslash.PLAIN && i + 1 < sql.length()) {
                if (backslash == Backslash.AMBIGUOUS && sql.charAt(i + 1) == quote) {
                    return rest(); // Ends here in one database and goes on in another.
                }
                i++;
            }
            i++;
        }
        return rest();
    }

    private Kind rest() {
        at = sql.length();
        return Kind.REST;
    }

    private Kind number(int from) {
        int i = from;
        boolean hexadecimal = sql.charAt(i) == '0' && i + 1 < sql.length() && (sql.charAt(i + 1) | 0x20) == 'x';
        while (i < sql.length() && (isWordPart(sql.charAt(i)) || sql.charAt(i) == '.')) {
            boolean exponent = !hexadecimal && (sql.charAt(i) | 0x20) == 'e';
            i++;
            if (exponent && i + 1 < sql.length() && isSign(sql.charAt(i)) && isDigit(sql.charAt(i + 1))) {
                i++;
            }
        }
        at = i;
        return Kind.LITERAL;
    }

    private Kind word(int from, Kind kind) {
        int i = Math.min(from, sql.length());
        while (i < sql.length() && isWordPart(sql.charAt(i))) {
            i++;
        }
        at = i;
        if (kind == Kind.WORD) {
            if (peek(0) == '\'' || peek(0) == '&') {
                Kind prefixed = prefixed(i - start);
                if (prefixed != null) {
                    return prefixed;
                }
            }
            keyword = SqlKeywords.at(sql, start, i);
        }
        return kind;
    }

    /** {@code N'..' B'..' X'..' E'..' U&'..' q'[..]'}: the prefix belongs to the literal. Null when it is none. */
    private @Nullable Kind prefixed(int length) {
        char first = (char) (sql.charAt(start) | 0x20);
        boolean oracle =
                (length == 1 && first == 'q') || (length == 2 && first == 'n' && (sql.charAt(start + 1) | 0x20) == 'q');
        if (peek(0) == '&') {
            return length == 1 && first == 'u' && peek(1) == '\''
                    ? quoted(at + 2, '\'', Backslash.PLAIN, Kind.LITERAL)
                    : null;
        }
        if (oracle) {
            return alternative(at + 1);
        }
        if (length == 1 && first == 'e') {
            return quoted(at + 1, '\'', Backslash.ESCAPE, Kind.LITERAL);
        }
        return length == 1 && (first == 'n' || first == 'b' || first == 'x')
                ? quoted(at + 1, '\'', dialect.backslash, Kind.LITERAL)
                : null;
    }

    /** Oracle's {@code q'[..]'}: ends at the closing bracket, or the same character again, before a quote. */
    private Kind alternative(int delimiterAt) {
        if (delimiterAt >= sql.length()) {
            return rest();
        }
        char open = sql.charAt(delimiterAt);
        char close = open == '[' ? ']' : open == '(' ? ')' : open == '{' ? '}' : open == '<' ? '>' : open;
        for (int i = delimiterAt + 1; i + 1 < sql.length(); i++) {
            if (sql.charAt(i) == close && sql.charAt(i + 1) == '\'') {
                at = i + 2;
                return Kind.LITERAL;
            }
        }
        return rest();
    }

    /** @return false when a comment does not end */
    private boolean skipBlanks() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c <= ' ' || c == '\u00a0' || c == '\ufeff') {
                at++;
            } else if (lineComment(c)) {
                while (at < sql.length() && sql.charAt(at) != '\n') {
                    at++;
                }
            } else if (c == '/' && peek(1) == '*') {
                if (dialect == SqlDialect.MYSQL && peek(2) == '!') {
                    inCode = true; // MySQL runs what is in such a comment.
                    at += 3;
                    while (isDigit(peek(0))) {
                        at++;
                    }
                } else if (!skipComment()) {
                    return false;
                }
            } else if (inCode && c == '*' && peek(1) == '/') {
                inCode = false;
                at += 2;
            } else {
                return true;
            }
        }
        return true;
    }

    private boolean lineComment(char c) {
        if (dialect == SqlDialect.MYSQL) {
            return c == '#' || (c == '-' && peek(1) == '-' && peek(2) <= ' ');
        }
        return c == '-' && peek(1) == '-';
    }

    /** Comments nest in some databases; where they do not, an inner opening makes the rest a comment, which gives nothing away. */
    private boolean skipComment() {
        int depth = 0;
        while (at + 1 < sql.length()) {
            char c = sql.charAt(at);
            char following = sql.charAt(at + 1);
            if (c == '/' && following == '*') {
                depth++;
                at += 2;
            } else if (c == '*' && following == '/') {
                depth--;
                at += 2;
                if (depth == 0) {
                    return true;
                }
            } else {
                at++;
            }
        }
        return false;
    }

    /** The character so many places on; a zero character at the end. */
    private char peek(int distance) {
        return at + distance < sql.length() ? sql.charAt(at + distance) : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isSign(char c) {
        return c == '+' || c == '-';
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c > 127;
    }

    private static boolean isWordPart(char c) {
        return isWord(c) || isDigit(c) || c == '$' || c == '#';
    }
}
