package dev.headroom.agent.cli;

/** A line of the list. Immutable. */
final class RunningJvm {
    private final String pid;
    private final String mainClass;
    private final String headroom;

    /** @param headroom the version that runs there, "no", or why that is not known */
    RunningJvm(String pid, String mainClass, String headroom) {
        this.pid = pid;
        this.mainClass = mainClass;
        this.headroom = headroom;
    }

    String pid() {
        return pid;
    }

    String mainClass() {
        return mainClass;
    }

    String headroom() {
        return headroom;
    }
}
