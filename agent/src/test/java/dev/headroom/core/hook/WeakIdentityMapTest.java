package dev.headroom.core.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WeakIdentityMapTest {
    private final WeakIdentityMap.Lookup lookup = new WeakIdentityMap.Lookup();

    @Test
    void knowsObjectsByIdentity() {
        WeakIdentityMap<String> map = new WeakIdentityMap<>(10);
        Object one = new Same();
        Object other = new Same();
        map.put(one, "one");
        map.put(other, "other");
        assertThat(map.get(one, lookup)).isEqualTo("one");
        assertThat(map.get(other, lookup)).isEqualTo("other");
        assertThat(map.remove(one, lookup)).isEqualTo("one");
        assertThat(map.get(one, lookup)).isNull();
        assertThat(map.size()).isEqualTo(1);
    }

    @Test
    void remembersNoMoreThanItMay() {
        WeakIdentityMap<String> map = new WeakIdentityMap<>(2);
        Object[] keys = {new Same(), new Same(), new Same()};
        for (Object key : keys) {
            map.put(key, "known");
        }
        assertThat(map.size()).isEqualTo(2);
        assertThat(map.get(keys[2], lookup)).isNull();
    }

    @Test
    void keepsNothingAlive() {
        WeakIdentityMap<String> map = new WeakIdentityMap<>(10);
        Object key = new Same();
        WeakReference<Object> gone = new WeakReference<>(key);
        map.put(key, "known");
        assertThat(map.get(key, lookup)).isEqualTo("known");
        key = null;
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        while ((gone.get() != null || !map.isEmpty()) && Instant.now().isBefore(deadline)) {
            System.gc();
            map.purge();
        }
        assertThat(gone.get()).isNull();
        assertThat(map.isEmpty()).isTrue();
    }

    /** All equal, as some drivers' statements are; asking for it is an error. */
    private static final class Same {
        @Override
        public boolean equals(Object other) {
            throw new AssertionError("asked for equals");
        }

        @Override
        public int hashCode() {
            throw new AssertionError("asked for hashCode");
        }
    }
}
