package dev.headroom.dashboard.budget.file;

import java.util.Collection;

/** "Did you mean …?": the known word nearest to an unknown one. */
public final class Suggestion {
    private Suggestion() {}

    /** A sentence that begins with a space, or nothing when no known word is near. */
    public static String of(String found, Collection<String> known) {
        int best = Math.max(1, found.length() / 3) + 1;
        String nearest = null;
        for (String word : known) {
            int distance = distance(found, word);
            if (distance < best) {
                best = distance;
                nearest = word;
            }
        }
        return nearest == null ? "" : " Did you mean \"" + nearest + "\"?";
    }

    /** Edits (insert, delete, replace, swap of neighbours) that lead from one word to the other. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replace, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
