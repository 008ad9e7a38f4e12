package dev.headroom.dashboard.store.local;

import java.util.function.Consumer;

/** Tells how far a copy is, every two seconds at most; nothing when it is done before. Not thread-safe. */
final class Progress {
    private static final long PAUSE_NANOS = 2_000_000_000L;

    private final Consumer<String> console;
    private long toldNanos = System.nanoTime();
    private int files;
    private long bytes;
    private int filesDone;
    private long bytesDone;

    Progress(Consumer<String> console) {
        this.console = console;
    }

    void expect(int files, long bytes) {
        this.files = files;
        this.bytes = bytes;
    }

    void did(long bytes) {
        filesDone++;
        bytesDone += bytes;
        if (System.nanoTime() - toldNanos >= PAUSE_NANOS) {
            toldNanos = System.nanoTime();
            console.accept(filesDone + " of " + files + " files, " + Upkeep.text(bytesDone) + " of "
                    + Upkeep.text(this.bytes));
        }
    }
}
