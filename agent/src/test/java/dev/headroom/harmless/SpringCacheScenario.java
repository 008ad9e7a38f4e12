package dev.headroom.harmless;

import java.util.concurrent.Callable;
import org.springframework.cache.Cache;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;

/** Lookups by hand: found, absent, null, of a wrong type, loaded, and broken. */
final class SpringCacheScenario implements EveryHook.Scenario {
    @Override
    public void play(Transcript transcript) {
        Cache pets = new ConcurrentMapCacheManager().getCache("pets");
        pets.put("nobody", null);
        for (int i = 0; i < EveryHook.TIMES; i++) {
            String key = "pet " + i;
            transcript.tell("absent", () -> pets.get(key));
            transcript.tell("loaded", () -> pets.get(key, () -> "Rex") + pets.get(key, () -> "Max"));
            transcript.tell("found", () -> pets.get(key).get() + pets.get(key, String.class));
            transcript.tell("wrong type", () -> pets.get(key, Integer.class));
            transcript.tell("null", () -> pets.get("nobody").get());
            transcript.tell("broken", () -> pets.get("broken", new Broken()));
        }
    }

    /** Named in the exception's message, so it has a name that stays. */
    private static final class Broken implements Callable<String> {
        @Override
        public String call() {
            throw new IllegalStateException("no value");
        }

        @Override
        public String toString() {
            return "a broken loader";
        }
    }
}
