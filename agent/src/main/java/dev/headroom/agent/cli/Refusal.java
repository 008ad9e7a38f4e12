package dev.headroom.agent.cli;

/** A command that cannot be carried out: says why and what to do, and which exit code the process ends with. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    /** The command line is wrong. */
    static final int USAGE = 1;

    static final int NO_SUCH_JVM = 2;

    /** The JVM belongs to another user. */
    static final int NOT_PERMITTED = 3;

    /** The JVM does not let agents in, or is too old. */
    static final int NOT_ATTACHABLE = 4;

    /** The agent was let in and did not start or end. */
    static final int AGENT_FAILED = 5;

    /** This Java cannot attach to others. */
    static final int NO_ATTACH_API = 6;

    private final int exitCode;

    Refusal(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
