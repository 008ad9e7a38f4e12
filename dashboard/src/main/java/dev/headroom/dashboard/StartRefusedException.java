package dev.headroom.dashboard;

/** The dashboard does not start like this; says why and what to change. */
public final class StartRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String action;

    public StartRefusedException(String description, String action) {
        super(description);
        this.action = action;
    }

    /** What to do. */
    public String action() {
        return action;
    }
}
