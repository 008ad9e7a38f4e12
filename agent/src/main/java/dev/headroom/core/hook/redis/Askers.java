package dev.headroom.core.hook.redis;

import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * For which requests commands were asked, by the identity of the library's object, from the thread that asks to the connection's that
 * sends. One that nobody takes gives way to another some time: its place holds what the request gave to other threads until then,
 * never the request. Thread-safe; allocates nothing after the first.
 */
final class Askers {
    private static final int SLOTS = 4096;
    private static final int PLACES = 8;
    private static final int FREE = 0;
    private static final int BUSY = -1;

    private final Recorder recorder;
    private final AtomicReference<@Nullable Table> table = new AtomicReference<>();

    Askers(Recorder recorder) {
        this.recorder = recorder;
    }

    /** Notes the request that this thread serves, if any. */
    void put(Object asked) {
        RequestScope request = CallStack.current().request();
        RequestScope account = request.elsewhere();
        if (account != null) {
            put(System.identityHashCode(asked), account, request.callerAtBegin(recorder.nanos()));
        }
    }

    void put(int identity, RequestScope account, @Nullable String caller) {
        Table known = table.get();
        if (known == null) {
            table.compareAndSet(null, new Table());
            known = table.get();
        }
        if (known != null && identity != FREE) {
            known.put(identity, account, caller);
        }
    }

    /** Takes what is noted; nothing leaves {@code into} as it is. */
    void take(int identity, Sending<?> into) {
        Table known = table.get();
        int at = known == null || identity == FREE ? -1 : known.seize(identity);
        if (known != null && at >= 0) {
            into.asker = known.accounts[at];
            into.caller = known.callers[at];
            known.release(at);
        }
    }

    void forget(int identity) {
        Table known = table.get();
        int at = known == null || identity == FREE ? -1 : known.seize(identity);
        if (known != null && at >= 0) {
            known.release(at);
        }
    }

    private static final class Table {
        final AtomicIntegerArray owners = new AtomicIntegerArray(SLOTS);
        final @Nullable RequestScope[] accounts = new @Nullable RequestScope[SLOTS];
        final @Nullable String[] callers = new @Nullable String[SLOTS];

        void put(int identity, RequestScope account, @Nullable String caller) {
            int at = seize(identity);
            for (int i = 0; i < PLACES && at < 0; i++) {
                int place = (identity + i) & (SLOTS - 1);
                at = owners.compareAndSet(place, FREE, BUSY) ? place : -1;
            }
            if (at < 0) {
                int home = identity & (SLOTS - 1);
                int other = owners.get(home);
                at = other != BUSY && owners.compareAndSet(home, other, BUSY) ? home : -1;
            }
            if (at >= 0) {
                accounts[at] = account;
                callers[at] = caller;
                owners.set(at, identity);
            }
        }

        /** The place of that identity, for the caller alone until it is released or owned again; negative for none. */
        int seize(int identity) {
            for (int i = 0; i < PLACES; i++) {
                int place = (identity + i) & (SLOTS - 1);
                if (owners.get(place) == identity && owners.compareAndSet(place, identity, BUSY)) {
                    return place;
                }
            }
            return -1;
        }

        void release(int at) {
            accounts[at] = null;
            callers[at] = null;
            owners.set(at, FREE);
        }
    }
}
