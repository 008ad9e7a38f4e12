package dev.headroom.core.cost;

import dev.headroom.core.control.Detail;

/**
 * Decides how much detail the agent can afford, from what it cost in the last whole windows. Pure logic without a clock.
 *
 * <ul>
 *   <li>Cost is CPU time over elapsed time times processors. Judged are the last {@value #WINDOWS} windows together without the
 *       dearest, so that one pause of the machine decides nothing.
 *   <li>Above the budget: one level down, and {@value #WINDOWS} windows of that level are awaited before the next judgement.
 *   <li>At most half of the budget for as many windows as its patience lasts: one level up.
 *   <li>An ascent that does not last {@value #LASTING} times as long as the patience that led to it was a mistake: patience doubles,
 *       up to {@value #MOST_PATIENCE} windows, an hour of the usual ones. At full detail for as long as that, it is as at first.
 * </ul>
 *
 * For the agent's thread only.
 */
final class Governor {
    static final int WINDOWS = 6;
    static final int LEAST_PATIENCE = 12;
    static final int MOST_PATIENCE = 720;

    /** After the start, class loading and interpreted code are not what the agent will cost. */
    static final int UNJUDGED = 6;

    static final int LASTING = 10;

    /** Each leaves out what is dearer for what it tells than what stays. */
    private static final Detail[] LEVELS = {
        Detail.ALL, Detail.NO_EXAMPLES, Detail.NO_PATTERNS, Detail.COUNTS_ONLY, Detail.OFF
    };

    private final double budget;
    private final double[] shares = new double[WINDOWS];
    private int unjudged = UNJUDGED;
    private int seen;
    private int quiet;
    private int patience = LEAST_PATIENCE;
    private int sinceAscent = Integer.MAX_VALUE;
    private int level;
    private double judged;

    /** @param budget largest share of the processors, above 0 */
    Governor(double budget) {
        this.budget = budget;
    }

    /**
     * One more window.
     *
     * @param share CPU time of the agent in the window over its length and the number of processors
     * @return the level from here on
     */
    Detail window(double share) {
        if (unjudged > 0) {
            unjudged--;
            return LEVELS[level];
        }
        shares[seen++ % WINDOWS] = share;
        judged = withoutDearest();
        quiet = judged <= budget / 2 ? quiet + 1 : 0;
        if (sinceAscent < Integer.MAX_VALUE) {
            sinceAscent++;
        }
        if (seen >= WINDOWS && judged > budget && level < LEVELS.length - 1) {
            descend();
        } else if (quiet >= patience && level > 0) {
            ascend();
        } else if (level == 0 && sinceAscent >= LASTING * patience) {
            patience = LEAST_PATIENCE;
        }
        return LEVELS[level];
    }

    private double withoutDearest() {
        int windows = Math.min(seen, WINDOWS);
        double sum = 0;
        double dearest = 0;
        for (int i = 0; i < windows; i++) {
            sum += shares[i];
            dearest = Math.max(dearest, shares[i]);
        }
        return windows < 2 ? sum : (sum - dearest) / (windows - 1);
    }

    private void descend() {
        if (sinceAscent < LASTING * patience) {
            patience = Math.min(MOST_PATIENCE, 2 * patience);
        }
        moved(level + 1);
        sinceAscent = Integer.MAX_VALUE;
    }

    private void ascend() {
        moved(level - 1);
        sinceAscent = 0;
    }

    private void moved(int to) {
        level = to;
        seen = 0;
        quiet = 0;
    }

    double budget() {
        return budget;
    }

    /** The share that the last judgement was about. */
    double judged() {
        return judged;
    }

    /** Quiet windows before the next level up. */
    int patience() {
        return patience;
    }
}
