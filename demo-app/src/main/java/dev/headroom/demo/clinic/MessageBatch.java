package dev.headroom.demo.clinic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Messages that leave together. Thread-safe; messages leave in the order they came. */
final class MessageBatch {
    private final List<String> waiting = new ArrayList<>();
    private final Object lock = new Object();
    private final int size;
    private final Consumer<List<String>> send;

    MessageBatch(int size, Consumer<List<String>> send) {
        this.size = size;
        this.send = send;
    }

    /** Returns whether it is the first of a batch, which somebody must then flush after a while. */
    boolean add(String message) {
        synchronized (lock) {
            waiting.add(message);
            if (waiting.size() >= size) {
                flush();
                return false;
            }
            return waiting.size() == 1;
        }
    }

    /** Sends what waits, if anything. */
    void flush() {
        synchronized (lock) {
            if (!waiting.isEmpty()) {
                send.accept(List.copyOf(waiting));
                waiting.clear();
            }
        }
    }
}
