package dev.headroom.core.record;

/** Names of threads as far as they tell which pool and number, since applications also name threads after what they work on. Stateless. */
final class ThreadName {
    private static final int LONGEST = 64;
    private static final int LONGEST_WORD = 16;
    private static final int MOST_DIGITS = 5;

    private ThreadName() {}

    /** With a question mark for every word that is neither of letters only nor a short number. */
    static String masked(String name) {
        StringBuilder masked = new StringBuilder(Math.min(name.length(), LONGEST));
        int start = 0;
        for (int i = 0; i <= name.length() && masked.length() < LONGEST; i++) {
            if (i == name.length() || !Character.isLetterOrDigit(name.charAt(i))) {
                masked.append(i == start || plain(name, start, i) ? name.substring(start, i) : "?");
                if (i < name.length()) {
                    masked.append(name.charAt(i));
                }
                start = i + 1;
            }
        }
        return masked.toString();
    }

    private static boolean plain(String name, int from, int to) {
        int digits = 0;
        for (int i = from; i < to; i++) {
            digits += Character.isDigit(name.charAt(i)) ? 1 : 0;
        }
        return digits == 0 ? to - from <= LONGEST_WORD : digits == to - from && digits <= MOST_DIGITS;
    }
}
