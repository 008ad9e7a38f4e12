package dev.headroom.harmless;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;

/** Caches built one after the other: a builder answers as ever, and a loader's exception comes through. */
final class GuavaScenario implements EveryHook.Scenario {
    @Override
    public void play(Transcript transcript) {
        for (int i = 0; i < EveryHook.TIMES; i++) {
            int key = i + 1;
            LoadingCache<Integer, Integer> quotients =
                    CacheBuilder.newBuilder().maximumSize(10).build(CacheLoader.from(divisor -> 100 / divisor));
            transcript.tell("loaded", () -> quotients.get(key) + quotients.get(key));
            transcript.tell("broken", () -> quotients.get(0));
            transcript.tell("absent", () -> quotients.getIfPresent(-1));
            transcript.tell("size", quotients::size);
        }
    }
}
