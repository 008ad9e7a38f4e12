package dev.headroom.core.hook.websocket;

import java.util.concurrent.ConcurrentHashMap;

/** How many connections each user has open. At most {@link #MAX_USERS}: of further ones each connection is told as the only one. Thread-safe. */
final class SocketUsers {
    private static final int MAX_USERS = 20_000;

    private final ConcurrentHashMap<String, Integer> connections = new ConcurrentHashMap<>();

    /** @return how many the user has now */
    int opened(String user) {
        while (true) {
            Integer before = connections.get(user);
            if (before == null) {
                if (connections.size() >= MAX_USERS || connections.putIfAbsent(user, 1) == null) {
                    return 1;
                }
            } else if (connections.replace(user, before, before + 1)) {
                return before + 1;
            }
        }
    }

    void closed(String user) {
        while (true) {
            Integer before = connections.get(user);
            boolean done = before == null
                    || (before == 1 ? connections.remove(user, before) : connections.replace(user, before, before - 1));
            if (done) {
                return;
            }
        }
    }

    void clear() {
        connections.clear();
    }
}
