package dev.headroom.demo.mode;

import org.springframework.stereotype.Component;

/** The mode that the routes below {@code /api} are in; naive at first. Thread-safe. */
@Component
public class ModeSwitch {
    private volatile Mode mode = Mode.NAIVE;

    public Mode mode() {
        return mode;
    }

    /** From the next request on. */
    public void turn(Mode to) {
        mode = to;
    }

    /** Whichever of the two the mode asks for. */
    public <T> T pick(T naive, T optimised) {
        return mode == Mode.NAIVE ? naive : optimised;
    }
}
