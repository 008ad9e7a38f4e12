package dev.headroom.demo.clinic;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.springframework.stereotype.Component;

/** Reminders and the audit log, both of which take a message service a few milliseconds. Thread-safe. */
@Component
class Reminders {
    private static final long MESSAGE_NANOS = Duration.ofMillis(3).toNanos();

    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong audited = new AtomicLong();

    void send(Clinic.Appointment appointment) {
        LockSupport.parkNanos(appointment, MESSAGE_NANOS);
        sent.incrementAndGet();
    }

    void audit(String event) {
        LockSupport.parkNanos(event, MESSAGE_NANOS);
        audited.incrementAndGet();
    }

    long sent() {
        return sent.get();
    }
}
