package dev.headroom.dashboard.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.store.Instance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownSendersTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final KnownSenders known = new KnownSenders(8);

    private static Instance instance(String service, String name, int second) {
        Instant at = NOW.plusSeconds(second);
        return new Instance(service, name, Map.of(), NOW, at, second, 0, 0);
    }

    private List<String> names(String service) {
        return known.of(service).stream().map(Instance::instance).toList();
    }

    @Test
    void givesTheNewestFirstAsItWasReportedLast() {
        known.replace(List.of(instance("shop", "a", 1), instance("shop", "b", 2), instance("billing", "c", 3)));
        known.put(List.of(instance("shop", "a", 4), instance("search", "d", 4)));

        assertThat(known.services()).containsExactly("billing", "search", "shop");
        assertThat(names("shop")).containsExactly("a", "b");
        assertThat(known.of("shop").get(0).sequence()).isEqualTo(4);
        assertThat(names("nobody")).isEmpty();
    }

    @Test
    void forgetsWhoWasLeftBehindByANewFile() {
        known.put(List.of(instance("shop", "a", 1), instance("billing", "b", 1)));
        known.replace(List.of(instance("shop", "a", 2)));

        assertThat(known.services()).containsExactly("shop");
    }

    @Test
    void letsThoseGoThatAreSilentForLongestWhenThereAreTooMany() {
        for (int i = 0; i < 9; i++) {
            known.put(List.of(instance(i % 2 == 0 ? "shop" : "billing", "i" + i, i)));
        }
        List<String> left = new ArrayList<>(names("shop"));
        left.addAll(names("billing"));

        assertThat(left).containsExactlyInAnyOrder("i3", "i4", "i5", "i6", "i7", "i8");
        known.put(List.of(instance("shop", "i8", 9), instance("shop", "i9", 9), instance("shop", "i10", 9)));
        assertThat(names("shop")).hasSize(5).startsWith("i10", "i8", "i9");
    }
}
