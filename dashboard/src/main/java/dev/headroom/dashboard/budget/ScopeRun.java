package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.store.Point;
import java.util.List;

/**
 * One run of a test's scope, a test method or a named block.
 *
 * @param durationNanos from its begin to its end
 * @param points what agents measured meanwhile, in the whole JVM
 */
public record ScopeRun(long durationNanos, List<Point> points) {
    public ScopeRun {
        points = List.copyOf(points);
    }
}
