package dev.headroom.dashboard.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;

/**
 * Feeds a reader with variants of sound input for some seconds: {@code -Dfuzz.seconds=600 -Dfuzz.seed=7}. A variant that ends in an
 * exception the reader did not promise, that takes long, or that takes more memory than its size can explain, fails with its bytes
 * and the seed. Not thread-safe.
 */
public final class FuzzRun {
    private static final Duration BUDGET = Duration.ofSeconds(Long.getLong("fuzz.seconds", 2));
    private static final long SEED = Long.getLong("fuzz.seed", 41_668_549_224_536L);
    private static final long LONGEST_CPU_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int SHOWN_BYTES = 4_096;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final List<Class<?>> promised;
    private final long freeBytes;
    private final long bytesPerByte;

    /** Reads, or throws what it promised. */
    public interface Reader {
        void read(byte[] input) throws Exception;
    }

    /**
     * @param freeBytes that reading may allocate, whatever the input's size
     * @param bytesPerByte that it may allocate for each byte of input on top
     */
    public FuzzRun(long freeBytes, long bytesPerByte, Class<?>... promised) {
        this.freeBytes = freeBytes;
        this.bytesPerByte = bytesPerByte;
        this.promised = List.of(promised);
    }

    /** Runs until the budget is used up; prints what was tried. */
    public void over(String name, List<byte[]> seeds, BiFunction<byte[], Random, byte[]> mutation, Reader reader) {
        Random random = new Random(SEED);
        for (byte[] seed : seeds) {
            unmeasured(seed, reader);
            check(name, seed, reader);
        }
        long tried = 0;
        long refused = 0;
        double mostPerByte = 0;
        long deadline = System.nanoTime() + BUDGET.toNanos();
        while (System.nanoTime() < deadline) {
            byte[] input = mutation.apply(seeds.get(random.nextInt(seeds.size())), random);
            Outcome outcome = check(name, input, reader);
            tried++;
            refused += outcome.refused ? 1 : 0;
            mostPerByte = Math.max(mostPerByte, (double) (outcome.allocated - freeBytes) / Math.max(1, input.length));
        }
        System.out.printf(
                "%s: %d variants in %d s, %d refused, the rest read; at most %.0f bytes allocated per byte beyond %d; seed %d%n",
                name, tried, BUDGET.toSeconds(), refused, mostPerByte, freeBytes, SEED);
    }

    /** The first time classes are loaded, which is not the input's fault. */
    private static void unmeasured(byte[] seed, Reader reader) {
        try {
            reader.read(seed);
        } catch (Exception ignored) {
            // the measured one says what it is
        }
    }

    private record Outcome(boolean refused, long allocated) {}

    private Outcome check(String name, byte[] input, Reader reader) {
        boolean refused = false;
        long cpu = threads.getCurrentThreadCpuTime();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        try {
            reader.read(input);
        } catch (Exception | StackOverflowError | OutOfMemoryError failure) {
            if (promised.stream().noneMatch(type -> type.isInstance(failure))) {
                throw new AssertionError(name + " did not refuse, it failed, on " + shown(input), failure);
            }
            refused = true;
        }
        allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
        cpu = threads.getCurrentThreadCpuTime() - cpu;
        if (cpu > LONGEST_CPU_NANOS) {
            throw new AssertionError(name + " took " + cpu / 1_000_000 + " ms on " + shown(input));
        }
        if (allocated > freeBytes + bytesPerByte * input.length) {
            throw new AssertionError(name + " allocated " + allocated + " bytes for " + shown(input));
        }
        return new Outcome(refused, allocated);
    }

    private static String shown(byte[] input) {
        byte[] begin = Arrays.copyOf(input, Math.min(input.length, SHOWN_BYTES));
        String text = new String(begin, StandardCharsets.ISO_8859_1);
        boolean readable = text.chars().allMatch(letter -> letter >= ' ' || letter == '\n');
        return input.length + " bytes, seed " + SEED + ": "
                + (readable ? text : HexFormat.of().formatHex(begin));
    }
}
