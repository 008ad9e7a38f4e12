package dev.headroom.dashboard.finding;

import static dev.headroom.dashboard.finding.Observed.END;
import static dev.headroom.dashboard.finding.Observed.call;
import static dev.headroom.dashboard.finding.Observed.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.SettingStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindingBookTest {
    private static final class Settings implements SettingStore {
        private final Map<String, String> texts = new HashMap<>();
        private int puts;

        @Override
        public Map<String, String> settings(String kind) {
            return Map.copyOf(texts);
        }

        @Override
        public void put(String kind, String name, String text) {
            puts++;
            texts.put(name, text);
        }

        @Override
        public void remove(String kind, String name) {
            texts.remove(name);
        }
    }

    private final Settings settings = new Settings();
    private final FindingBook book = new FindingBook(settings);

    private static FindingBook.Check found(double saving) {
        Found found = new Found(
                FindingKind.N_PLUS_ONE,
                "SELECT ?",
                "GET /pets",
                "A.b(A.java:7)",
                List.of("e1"),
                saving,
                "10 runs",
                "Read them together.");
        return new FindingBook.Check(Map.of(found.key(), found), new Observed().observation());
    }

    /** A check that found nothing, of so many requests to the route. */
    private static FindingBook.Check nothing(int requests, boolean examples) {
        Observed observed = new Observed().values(Metric.HTTP_SERVER_DURATION, route("/pets"), requests, 0.01);
        if (examples) {
            observed.example("e9", "/pets", call("sql", "SELECT", "SELECT ?", "f1", 1, 1));
        }
        return new FindingBook.Check(Map.of(), observed.observation());
    }

    private String status() {
        return book.of("shop").get(0).status();
    }

    @Test
    void tellsWhatBecameOfIt() {
        book.update("shop", found(100), END);
        assertThat(status()).isEqualTo("open");
        book.update("shop", found(60), END.plusSeconds(60));
        assertThat(status()).isEqualTo("open");
        book.update("shop", found(50), END.plusSeconds(120));
        assertThat(status()).isEqualTo("improved");
        book.update("shop", found(200), END.plusSeconds(180));
        assertThat(status()).isEqualTo("open");

        book.update("shop", nothing(19, true), END.plusSeconds(240));
        assertThat(status()).as("too few requests to tell").isEqualTo("open");
        book.update("shop", nothing(100, false), END.plusSeconds(300));
        assertThat(status()).as("no example that could show it").isEqualTo("open");
        book.update("shop", nothing(20, true), END.plusSeconds(360));
        assertThat(status()).isEqualTo("gone");

        book.update("shop", found(10), END.plusSeconds(420));
        assertThat(status()).as("it is back").isEqualTo("open");
        assertThat(book.of("shop").get(0).firstSeen()).isEqualTo(END);
        assertThat(book.of("shop").get(0).lastSeen()).isEqualTo(END.plusSeconds(420));
    }

    @Test
    void outlivesTheProcess() {
        book.update("shop", found(100), END);
        book.update("shop", nothing(20, true), END.plusSeconds(60));

        assertThat(new FindingBook(settings).of("shop")).isEqualTo(book.of("shop"));
        assertThat(book.of("shop")).singleElement().satisfies(finding -> {
            assertThat(finding.status()).isEqualTo("gone");
            assertThat(finding.evidence()).containsExactly("e1");
            assertThat(finding.savingMsPerMinute()).isEqualTo(100);
        });
    }

    @Test
    void writesOnlyWhatChanged() {
        for (int minute = 0; minute < 10; minute++) {
            book.update("shop", found(100 + minute), END.plusSeconds(60L * minute));
        }
        assertThat(settings.puts).isEqualTo(1);
        book.update("shop", found(100), END.plus(Duration.ofMinutes(10)));
        assertThat(settings.puts).isEqualTo(2);
    }

    @Test
    void forgetsWhatIsGoneForAWeek() {
        book.update("shop", found(100), END);
        book.update("shop", nothing(20, true), END.plusSeconds(60));
        book.update("shop", nothing(20, true), END.plus(Duration.ofDays(7)));
        assertThat(book.of("shop")).hasSize(1);
        book.update("shop", nothing(20, true), END.plus(Duration.ofDays(7)).plusSeconds(1));
        assertThat(book.of("shop")).isEmpty();
        assertThat(settings.texts).isEmpty();
    }

    @Test
    void keepsABoundedNumber() {
        for (int i = 0; i <= FindingBook.MOST; i++) {
            Found found = new Found(FindingKind.N_PLUS_ONE, "q" + i, "GET /pets", null, List.of(), 1.0, "", "");
            book.update(
                    "shop",
                    new FindingBook.Check(Map.of(found.key(), found), new Observed().observation()),
                    END.plusSeconds(i));
        }
        assertThat(book.of("shop"))
                .hasSize(FindingBook.MOST)
                .noneMatch(each -> each.subject().equals("q0"));
        assertThat(settings.texts).hasSize(FindingBook.MOST);
    }

    @Test
    void startsWithAnUnreadableTextInTheStore() {
        settings.put("finding", "shop\nx", "{");
        settings.put("finding", "odd", "{}");
        assertThat(new FindingBook(settings).of("shop")).isEmpty();
    }
}
