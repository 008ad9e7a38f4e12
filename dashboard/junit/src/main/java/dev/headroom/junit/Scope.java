package dev.headroom.junit;

import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.function.ThrowingSupplier;

/**
 * A named part of a test, held to the budgets whose {@code scope:} matches the name when the test ends. A block that runs several
 * times in a test has as many samples. Blocks may be nested: what happens in the inner one counts in the outer one too.
 */
public final class Scope {
    private Scope() {}

    /**
     * Runs the block and records it under the name.
     *
     * @throws IllegalStateException outside of a test with {@link PerformanceBudget}, or on another thread than the test's: the
     *     whole JVM is counted, so one scope at a time is open
     */
    public static void measure(String name, Executable block) {
        measure(name, () -> {
            block.execute();
            return name;
        });
    }

    /** As {@link #measure(String, Executable)}, with the block's result. */
    public static <T> T measure(String name, ThrowingSupplier<T> block) {
        Recording recording = Recording.current();
        if (recording == null) {
            throw new IllegalStateException(
                    "Scope.measure(\"" + name
                            + "\", ...) runs outside of a test's body; expected within a test that is annotated with @PerformanceBudget");
        }
        recording.begin(name);
        boolean whole = false;
        try {
            T result = block.get();
            whole = true;
            return result;
        } catch (Throwable thrown) {
            throw Scope.<RuntimeException>unchanged(thrown);
        } finally {
            recording.end(whole);
        }
    }

    /** Checked exceptions pass as they are: a test may throw anything. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <E extends Throwable> E unchanged(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
