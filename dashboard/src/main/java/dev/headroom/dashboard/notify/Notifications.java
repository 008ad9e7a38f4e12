package dev.headroom.dashboard.notify;

/** How the notifications are. Thread-safe; never blocks for long. */
public interface Notifications {
    NotifyReport report();
}
