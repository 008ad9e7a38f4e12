package dev.headroom.core.record;

import org.jspecify.annotations.Nullable;

/**
 * What an answer may say of itself in its headers, opt-in: where the time went until it was committed. Numbers only. Stateless; thread-
 * safe for callers that own the request.
 */
public final class ServerTiming {
    /** The number that the dashboard may order: above 0, answers tell. */
    public static final String ORDER = "response.header";

    private static final String WITHIN = "budget;desc=\"within\", ";
    private static final String OVER = "budget;desc=\"over\", ";
    private static final long TENTHS_OF_MILLIS = 100_000;
    private static final CallStack.Kind[] KINDS = {
        CallStack.Kind.SQL, CallStack.Kind.REDIS, CallStack.Kind.HTTP_CLIENT, CallStack.Kind.POOL
    };
    private static final String[] NAMES = {"db", "redis", "http", "pool"};

    private ServerTiming() {}

    /**
     * Whether a cache that many share may keep the answer, so that it would tell others of this request.
     *
     * @param cacheControl the header, or null
     */
    public static boolean isShared(@Nullable String cacheControl) {
        return cacheControl != null
                && (says(cacheControl, "public")
                        || says(cacheControl, "s-maxage")
                        || (says(cacheControl, "max-age")
                                && !says(cacheControl, "private")
                                && !says(cacheControl, "no-store")));
    }

    private static boolean says(String header, String word) {
        for (int i = 0; i + word.length() <= header.length(); i++) {
            if (header.regionMatches(true, i, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }

    /**
     * For {@code Server-Timing}: parts that took part, with their milliseconds and number of calls, the budgets' verdict as far as it
     * is certain, and the total.
     *
     * @param limits of requests; they do not say whose they are, so that between the tightest and the widest there is no verdict
     */
    public static String text(RequestScope account, long nanos, Limits limits) {
        StringBuilder text = new StringBuilder(64);
        CallLog log = account.log();
        for (int part = 0; part < KINDS.length; part++) {
            long sum = 0;
            int calls = 0;
            for (int i = 0; i < log.size(); i++) {
                LoggedCall call = log.at(i);
                if (call.kind == KINDS[part] && !call.within) {
                    sum += call.nanos;
                    calls += call.count;
                }
            }
            if (calls > 0) {
                text.append(NAMES[part]).append(";dur=");
                millis(text, sum).append(";desc=\"").append(calls).append(calls == 1 ? " call\", " : " calls\", ");
            }
        }
        if (limits.size() > 0) {
            int bucket = limits.bucket(nanos);
            text.append(bucket == 0 ? WITHIN : bucket == limits.size() ? OVER : "");
        }
        return millis(text.append("total;dur="), nanos).toString();
    }

    /** For {@code X-Response-Time}. */
    public static String total(long nanos) {
        return millis(new StringBuilder(), nanos).append("ms").toString();
    }

    private static StringBuilder millis(StringBuilder text, long nanos) {
        long tenths = Math.max(0, nanos) / TENTHS_OF_MILLIS;
        return text.append(tenths / 10).append('.').append(tenths % 10);
    }
}
