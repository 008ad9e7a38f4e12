package dev.headroom.dashboard.operations;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the agent of one JVM cost over a range; null stands for what it did not tell.
 *
 * @param cpuPercent time inside hooks, estimated by the agent, and CPU time of its thread, in per cent of one processor
 * @param exporterPercent CPU time of its thread alone
 * @param nanosPerCall time inside a hook for each call of woven code, estimated
 * @param bytesPerSecond measurements sent, as compressed
 * @param heapBytes held by series and queue, estimated by the agent
 * @param metaspaceBytes of its classes, estimated by the agent
 * @param allocatedBytesPerSecond by its thread
 * @param startMs from the begin of its premain to the end
 * @param weaveMs spent on looking at and weaving classes since its start
 * @param share its cost in the newest window as a share of all processors, as its budget is
 * @param budget largest share before it leaves out detail by itself
 * @param detail in force: all, no-examples, no-patterns, counts-only or off
 * @param reason why the detail is not all; null when it is
 */
public record AgentCost(
        @Nullable Double cpuPercent,
        @Nullable Double exporterPercent,
        @Nullable Double nanosPerCall,
        @Nullable Double bytesPerSecond,
        @Nullable Double heapBytes,
        @Nullable Double metaspaceBytes,
        @Nullable Double allocatedBytesPerSecond,
        @Nullable Double startMs,
        @Nullable Double weaveMs,
        @Nullable Double share,
        @Nullable Double budget,
        @Nullable String detail,
        @Nullable String reason,
        List<Hook> hooks) {
    /**
     * One hook of the agent.
     *
     * @param calls of woven code into it
     * @param nanosPerCall estimated; null before it was sampled
     * @param share of the time inside all hooks
     * @param weaveMs spent on weaving the classes it asked for, since the agent's start
     * @param failures swallowed
     * @param givenUp whether the agent switched it off because it failed too often
     * @param on false when it was ordered off
     */
    public record Hook(
            String name,
            long calls,
            @Nullable Double nanosPerCall,
            double share,
            @Nullable Double weaveMs,
            long failures,
            boolean givenUp,
            boolean on) {}
}
