package dev.headroom.core.hook.redis;

/** Recognises an IP address inside a key, whose dots and colons are separators anywhere else. Stateless. */
final class KeyAddress {
    private KeyAddress() {}

    /** The end of an IP address that begins here, or {@code from} when none does. */
    static int end(byte[] key, int from, int to) {
        int i = from;
        int dots = 0;
        int colons = 0;
        boolean twoColons = false;
        while (i < to && (KeySegment.isHex(key[i]) || key[i] == '.' || key[i] == ':')) {
            if (key[i] == '.') {
                dots++;
            } else if (key[i] == ':') {
                if (dots == 3) {
                    break;
                }
                twoColons |= i > from && key[i - 1] == ':';
                colons++;
            }
            i++;
        }
        boolean ends = i == to || KeyPatterns.isSeparator(key[i], true);
        boolean four = dots == 3 && colons == 0 && onlyDigitsAndDots(key, from, i);
        boolean six = dots == 0
                && (colons == 7 || (twoColons && colons >= 2 && colons < 7))
                && KeyPatterns.contains(key, from, i, (byte) ':');
        return ends && (four || (six && hasDigit(key, from, i))) ? i : from;
    }

    private static boolean onlyDigitsAndDots(byte[] key, int from, int to) {
        int run = 0;
        for (int i = from; i < to; i++) {
            if (key[i] == '.') {
                if (run == 0) {
                    return false;
                }
                run = 0;
            } else if (!KeySegment.isDigit(key[i]) || ++run > 3) {
                return false;
            }
        }
        return run > 0;
    }

    private static boolean hasDigit(byte[] key, int from, int to) {
        for (int i = from; i < to; i++) {
            if (KeySegment.isDigit(key[i])) {
                return true;
            }
        }
        return false;
    }
}
