package dev.headroom.core.hook.redis;

/** Reads the head of one value of a reply as it stands on the wire, in version 2 or 3 of the protocol. Stateless. */
final class RespValue {
    private static final byte[] QUEUED = {'+', 'Q', 'U', 'E', 'U', 'E', 'D', '\r'};

    private RespValue() {}

    /**
     * Tells the reader what begins at {@code from}; elements of a list come later, one by one.
     *
     * @param to where what is there ends; the value may be longer
     * @return whether it is pushed by the server, no reply to anything
     */
    static boolean read(byte[] bytes, int from, int to, ReplyReader reader) {
        switch (bytes[from]) {
            case '$':
            case '=':
                if (from + 1 < to && bytes[from + 1] == '-') {
                    reader.value(true);
                } else {
                    reader.value((int) number(bytes, from + 1, to));
                }
                return false;
            case '_':
                reader.value(true);
                return false;
            case ':':
                reader.number(number(bytes, from + 1, to));
                return false;
            case '#':
                reader.number(from + 1 < to && bytes[from + 1] == 't' ? 1 : 0);
                return false;
            case '-':
            case '!':
                reader.error(line(bytes, from + 1, to));
                return false;
            case '>':
                reader.list((int) number(bytes, from + 1, to));
                return true;
            case '*':
            case '~':
                reader.list((int) number(bytes, from + 1, to));
                return false;
            case '%':
                reader.list((int) number(bytes, from + 1, to) * 2);
                return false;
            default:
                if (isQueued(bytes, from, to)) {
                    reader.accepted();
                } else {
                    reader.value(false);
                }
                return false;
        }
    }

    private static boolean isQueued(byte[] bytes, int from, int to) {
        if (to - from < QUEUED.length) {
            return false;
        }
        for (int i = 0; i < QUEUED.length; i++) {
            if (bytes[from + i] != QUEUED[i]) {
                return false;
            }
        }
        return true;
    }

    private static long number(byte[] bytes, int from, int to) {
        boolean negative = from < to && bytes[from] == '-';
        long number = 0;
        for (int i = negative ? from + 1 : from; i < to && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            number = number * 10 + (bytes[i] - '0');
        }
        return negative ? -number : number;
    }

    private static String line(byte[] bytes, int from, int to) {
        StringBuilder line = new StringBuilder(to - from);
        for (int i = from; i < to && bytes[i] != '\r'; i++) {
            line.append((char) (bytes[i] & 0xFF));
        }
        return line.length() == 0 ? "ERR" : line.toString();
    }
}
