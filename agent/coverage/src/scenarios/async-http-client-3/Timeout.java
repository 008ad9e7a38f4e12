import java.time.Duration;

/** As a duration. */
final class Timeout {
    static final Duration OF_300_MS = Duration.ofMillis(300);

    private Timeout() {}
}
