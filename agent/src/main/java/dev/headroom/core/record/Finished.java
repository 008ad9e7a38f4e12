package dev.headroom.core.record;

import org.jspecify.annotations.Nullable;

/** What a server's hook tells of a request that has ended. Reused; one thread at a time. */
public final class Finished {
    private static final String FORM = "00-00000000000000000000000000000000-0000000000000000-00";

    String method = "";
    String route = "";
    int status;

    @Nullable
    String error;

    @Nullable
    String traceId;

    long nanos;

    /**
     * @param itsRoute template, never a raw path
     * @param itsError null for a success
     * @param took may be {@link Clock#UNTIMED}
     */
    public void set(String itsMethod, String itsRoute, int itsStatus, @Nullable String itsError, long took) {
        method = itsMethod;
        route = itsRoute;
        status = itsStatus;
        error = itsError;
        nanos = took;
    }

    /** From the request's W3C {@code traceparent}; null for none. */
    public void trace(@Nullable String traceparent) {
        traceId = traceId(traceparent);
    }

    /** Version, trace, parent and flags, in lower-case hexadecimal digits and nothing else. */
    static boolean isTraceParent(@Nullable String header) {
        if (traceId(header) == null || header == null || header.length() != FORM.length()) {
            return false;
        }
        for (int i = 0; i < header.length(); i++) {
            char c = header.charAt(i);
            boolean digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            if (FORM.charAt(i) == '-' ? c != '-' : !digit) {
                return false;
            }
        }
        return true;
    }

    /** The second field, of 32 lower-case hexadecimal digits that are not all 0; anything else is none. */
    static @Nullable String traceId(@Nullable String traceparent) {
        if (traceparent == null
                || traceparent.length() < 36
                || traceparent.charAt(2) != '-'
                || traceparent.charAt(35) != '-') {
            return null;
        }
        boolean any = false;
        for (int i = 3; i < 35; i++) {
            char c = traceparent.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return null;
            }
            any |= c != '0';
        }
        return any ? traceparent.substring(3, 35) : null;
    }
}
