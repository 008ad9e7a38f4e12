package dev.headroom.core.hook.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Recorder;
import org.junit.jupiter.api.Test;

class MeasuredCachesTest {
    private final Recorder recorder = new Recorder(Clock.SYSTEM, 10);
    private final MeasuredCaches caches = new MeasuredCaches("caffeine", recorder);

    /** Gets its name, and is looked up, while it is being asked what it counted. */
    public final class NamedMeanwhile {
        public Object synchronous() {
            caches.named(this, "pets");
            return this;
        }

        public Object stats() {
            return this;
        }

        public long missCount() {
            return 1;
        }
    }

    @Test
    void whatIsCountedAfterTheNamingBelongsToTheName() {
        NamedMeanwhile cache = new NamedMeanwhile();
        caches.built(cache);
        assertThat(recorder.rotate(0, 1).entries())
                .filteredOn(entry -> entry.metric() == Metric.CACHE_GETS)
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.attributes().get(Attribute.CACHE_NAME)).isEqualTo("pets");
                    assertThat(entry.value()).isEqualTo(1);
                });
    }
}
