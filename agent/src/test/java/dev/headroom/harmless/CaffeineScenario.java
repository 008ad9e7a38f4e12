package dev.headroom.harmless;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;

/** Caches built one after the other: a builder answers and counts as ever, and a loader's exception comes through. */
final class CaffeineScenario implements EveryHook.Scenario {
    @Override
    public void play(Transcript transcript) {
        for (int i = 0; i < EveryHook.TIMES; i++) {
            int limit = i;
            Caffeine<Object, Object> builder = Caffeine.newBuilder();
            LoadingCache<Integer, Integer> quotients =
                    builder.maximumSize(10).executor(Runnable::run).build(key -> 100 / key);
            transcript.tell("loaded", () -> quotients.get(limit + 1) + quotients.get(limit + 1));
            transcript.tell("broken", () -> {
                try {
                    return quotients.get(0);
                } catch (ArithmeticException broken) {
                    // Its stack has a frame more: with statistics Caffeine times the loader.
                    return broken.getMessage();
                }
            });
            transcript.tell("absent", () -> quotients.getIfPresent(-1));
            transcript.tell(
                    "own statistics",
                    () -> builder.recordStats().build().stats().hitCount());
            transcript.tell("twice", () -> builder.recordStats().toString());
            transcript.tell(
                    "asynchronous",
                    () -> Caffeine.newBuilder()
                            .executor(Runnable::run)
                            .buildAsync((Integer key) -> key + 1)
                            .get(limit)
                            .get());
        }
    }
}
