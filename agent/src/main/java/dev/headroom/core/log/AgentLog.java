package dev.headroom.core.log;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The agent's few lines on stderr, each beginning with {@code Headroom:}. A warning of one kind appears at most once a minute and
 * then says how many it hid. Thread-safe; never call it from an application's operation.
 */
public final class AgentLog implements Consumer<String> {
    static final long QUIET_NANOS = 60_000_000_000L;
    private static final int MAX_KINDS = 100;

    private final PrintStream out;
    private final boolean debug;
    private final LongSupplier nanos;
    private final Object lock = new Object();
    private final Map<String, Kind> kinds = new HashMap<>();

    /** @param nanos a monotonic clock */
    public AgentLog(PrintStream out, boolean debug, LongSupplier nanos) {
        this.out = out;
        this.debug = debug;
        this.nanos = nanos;
    }

    /** The same as {@link #info}. */
    @Override
    public void accept(String message) {
        info(message);
    }

    /** Something the reader must know once. */
    public void info(String message) {
        out.println("Headroom: " + message);
    }

    /** Written only when {@code headroom.debug} is on. */
    public void debug(String message) {
        if (debug) {
            out.println("Headroom: " + message);
        }
    }

    /** Something that went wrong and what follows from it; messages that start alike, up to a colon, are one kind. */
    public void warn(String message) {
        warn(message, null);
    }

    /** With its cause; the whole stack only in debug. */
    public void warn(String message, @Nullable Throwable cause) {
        int hidden = admit(message);
        if (hidden < 0 && !debug) {
            return;
        }
        StringBuilder line = new StringBuilder("Headroom: ").append(message);
        if (cause != null) {
            line.append(" (").append(cause).append(')');
        }
        if (hidden > 0) {
            line.append("; ").append(hidden).append(" more like this in the time before");
        }
        out.println(line);
        if (cause != null && debug) {
            cause.printStackTrace(out);
        }
    }

    /** How many of its kind were hidden since the last one shown; negative to hide this one. */
    private int admit(String message) {
        int colon = message.indexOf(':');
        String name = colon < 0 ? message : message.substring(0, colon);
        long now = nanos.getAsLong();
        synchronized (lock) {
            Kind kind = kinds.get(name);
            if (kind == null) {
                if (kinds.size() >= MAX_KINDS) {
                    kinds.clear();
                }
                kinds.put(name, new Kind(now));
                return 0;
            }
            if (now - kind.shownNanos < QUIET_NANOS) {
                kind.hidden++;
                return -1;
            }
            int hidden = kind.hidden;
            kind.hidden = 0;
            kind.shownNanos = now;
            return hidden;
        }
    }

    private static final class Kind {
        private long shownNanos;
        private int hidden;

        Kind(long shownNanos) {
            this.shownNanos = shownNanos;
        }
    }
}
