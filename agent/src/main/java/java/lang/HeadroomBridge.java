package java.lang;

/**
 * The only type of Headroom that woven application code ever sees. It is defined inside {@code java.base}, so every class
 * loader finds it, and it can never be unloaded: its surface does not grow with the number of libraries.
 *
 * <p>Thread-safe. Implementations neither throw nor block. {@link #OFF} does nothing; switching the agent off is putting it
 * back.
 */
public abstract class HeadroomBridge {
    /** Does nothing. Made by the other class: verifying an assignment here would need that class before it can be defined. */
    public static final HeadroomBridge OFF = Off.make();

    /** What advice talks to. */
    public static volatile HeadroomBridge live = OFF;

    protected HeadroomBridge() {}

    /**
     * A woven method begins.
     *
     * @param hook the number bound into the advice
     * @return a token to hand to {@link #exit}, or null when there is nothing to end
     */
    public abstract Object enter(int hook, Object self, Object a, Object b);

    /** A woven method for which {@link #enter} gave a token ends, with its result or with what it threw. */
    public abstract void exit(int hook, Object token, Object result, Throwable thrown);

    /** Something countable happened, without a clock. */
    public abstract void mark(int hook, Object self, long value);

    private static final class Off extends HeadroomBridge {
        static HeadroomBridge make() {
            return new Off();
        }

        @Override
        public Object enter(int hook, Object self, Object a, Object b) {
            return null;
        }

        @Override
        public void exit(int hook, Object token, Object result, Throwable thrown) {}

        @Override
        public void mark(int hook, Object self, long value) {}
    }
}
