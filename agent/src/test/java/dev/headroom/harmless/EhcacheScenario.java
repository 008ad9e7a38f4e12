package dev.headroom.harmless;

import java.util.Arrays;
import java.util.HashSet;
import java.util.TreeMap;
import org.ehcache.Cache;
import org.ehcache.CacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;

/** Lookups in Ehcache 3: found, absent, many, without a key, and in a closed cache. */
final class EhcacheScenario implements EveryHook.Scenario {
    @Override
    public void play(Transcript transcript) {
        CacheManager manager = CacheManagerBuilder.newCacheManagerBuilder().build(true);
        Cache<Integer, String> pets = manager.createCache(
                "pets",
                CacheConfigurationBuilder.newCacheConfigurationBuilder(
                        Integer.class, String.class, ResourcePoolsBuilder.heap(100)));
        for (int i = 0; i < EveryHook.TIMES; i++) {
            int key = i;
            pets.put(key, "pet " + key);
            transcript.tell("found", () -> pets.get(key));
            transcript.tell("absent", () -> pets.get(-1));
            transcript.tell("many", () -> new TreeMap<>(pets.getAll(new HashSet<>(Arrays.asList(key, -1)))));
            transcript.tell("no key", () -> pets.get(null));
        }
        manager.close();
        transcript.tell("closed", () -> pets.get(1));
    }
}
