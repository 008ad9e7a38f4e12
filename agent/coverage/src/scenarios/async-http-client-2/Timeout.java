/** As milliseconds. */
final class Timeout {
    static final int OF_300_MS = 300;

    private Timeout() {}
}
