package dev.headroom.dashboard.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.headroom.dashboard.store.StoreOverloadedException;
import dev.headroom.dashboard.store.StoreStatus.Event;
import dev.headroom.dashboard.store.StoreStatus.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpkeepTest {
    private static final Instant T0 = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path path;

    private MovingClock clock = new MovingClock(T0);
    private final Set<PeriodFile> pending = new HashSet<>();
    private StoreDirectory directory;
    private long free = 1L << 40;

    @BeforeEach
    void open() {
        directory = StoreDirectory.open(path, tier -> List.of("CREATE TABLE row (text BLOB)"), clock);
    }

    @AfterEach
    void close() {
        directory.close();
    }

    @Test
    void deletesWhatIsTooOldButNoRawFileThatIsStillNeeded() {
        PeriodFile rolledUp = file(Tier.RAW, 0);
        PeriodFile waiting = file(Tier.RAW, 1);
        PeriodFile newest = file(Tier.RAW, 2);
        PeriodFile old = file(Tier.S10, 0);
        PeriodFile kept = file(Tier.S60, 0);
        pending.add(waiting);
        clock.move(Duration.ofDays(3));

        upkeep(1L << 40).run();

        assertThat(directory.files(Tier.RAW)).containsExactly(waiting, newest);
        assertThat(directory.files(Tier.S10)).isEmpty();
        assertThat(directory.files(Tier.S60)).containsExactly(kept);
        assertThat(rolledUp.path()).doesNotExist();
        assertThat(old.path()).doesNotExist();
        assertThat(directory.events().all()).as("nothing left before its time").isEmpty();
    }

    @Test
    void beyondTheLargestSizeTheFinestDetailLeavesFirstAndThatIsRemembered() {
        for (int period = 0; period < 4; period++) {
            for (Tier tier : List.of(Tier.RAW, Tier.S10, Tier.I60, Tier.S600)) {
                fill(file(tier, period), 2 << 20);
            }
        }
        pending.add(directory.files(Tier.RAW).get(0));

        upkeep(24L << 20).run();

        assertThat(directory.bytes()).isLessThan(24L << 20);
        assertThat(directory.files(Tier.RAW))
                .as("one waits, the newest two stay")
                .hasSize(3);
        assertThat(directory.files(Tier.I60)).hasSize(2);
        assertThat(directory.files(Tier.S600)).hasSize(4);
        assertThat(directory.refusal()).isNull();
        assertThat(directory.events().all())
                .allMatch(Event::loss)
                .extracting(Event::kind)
                .containsOnly(Kind.REMOVED_EARLY);
        assertThat(directory.events().all().get(0).reason()).contains("headroom.store.max-size (24 MB)");

        int before = directory.events().all().size();
        close();
        open();
        assertThat(directory.events().all()).as("after a restart").hasSize(before);
    }

    @Test
    void whatCannotShrinkEnoughTakesNothingMoreUntilItIsAllowedTo() {
        PeriodFile raw = directory.forWriting(Tier.RAW, T0);
        fill(raw, 20 << 20);

        upkeep(16L << 20).run();

        assertThatThrownBy(() -> directory.forWriting(Tier.RAW, T0))
                .isInstanceOf(StoreOverloadedException.class)
                .hasMessageContaining("headroom.store.max-size (16 MB)");
        assertThat(raw.read(connection -> 1)).as("reading goes on").contains(1);

        upkeep(64L << 20).run();
        assertThat(directory.forWriting(Tier.RAW, T0)).isSameAs(raw);
    }

    @Test
    void aFullDiskIsRelievedAndThenRefusedAndTakenAgainWithoutARestart() {
        for (int period = 0; period < 4; period++) {
            fill(file(Tier.I60, period), 1 << 20);
        }
        free = 1 << 20;

        upkeep(1L << 40).run();
        assertThat(directory.files(Tier.I60))
                .as("one stays, whoever filled the disk")
                .hasSize(1);
        assertThatThrownBy(() -> directory.forWriting(Tier.RAW, T0)).hasMessageContaining("is full (1024 KB free");
        assertThat(directory.events().all().get(0).kind()).isEqualTo(Kind.REFUSED);

        free = 1L << 40;
        upkeep(1L << 40).run();
        directory.forWriting(Tier.RAW, T0);
    }

    @Test
    void damagedFilesLeaveFirstAndDeletedOnesAreNoticed() throws IOException {
        PeriodFile damaged = file(Tier.I600, 0);
        PeriodFile gone = file(Tier.S600, 0);
        close();
        try (RandomAccessFile bytes = new RandomAccessFile(damaged.path().toFile(), "rw")) {
            bytes.write(new byte[4_096]);
            bytes.setLength(17 << 20);
        }
        Files.delete(gone.path());
        open();
        PeriodFile other = file(Tier.S600, 1);
        Files.delete(other.path());
        directory.files(Tier.I600).get(0).read(connection -> 1);

        assertThat(directory.aside().list()).hasSize(1);
        upkeep(16L << 20).run();

        assertThat(directory.aside().list()).isEmpty();
        assertThat(directory.files(Tier.S600)).isEmpty();
        assertThat(directory.events().all())
                .extracting(Event::kind, Event::tier)
                .containsExactly(tuple(Kind.DAMAGED, "service-10m"), tuple(Kind.DAMAGED, "instance-10m"));
    }

    @Test
    void aDamagedStateFileIsReplaced() throws IOException {
        new StateSettings(directory.state()).put("kind", "name", "text");
        close();
        try (RandomAccessFile bytes =
                new RandomAccessFile(path.resolve(StateFile.NAME).toFile(), "rw")) {
            bytes.write(new byte[4_096]);
        }
        open();
        StateSettings settings = new StateSettings(directory.state());

        assertThat(settings.settings("kind")).isEmpty();
        settings.put("kind", "name", "new");
        assertThat(settings.settings("kind")).containsEntry("name", "new");
        assertThat(directory.events().all()).singleElement().satisfies(event -> {
            assertThat(event.file()).isEqualTo(StateFile.NAME);
            assertThat(event.kind()).isEqualTo(Kind.DAMAGED);
        });
    }

    private Upkeep upkeep(long maxBytes) {
        StoreSettings settings = new StoreSettings(StoreSettings.defaults().keep(), maxBytes, 16 << 20);
        return new Upkeep(directory, settings, pending::contains, () -> free);
    }

    private PeriodFile file(Tier tier, int period) {
        return directory.forWriting(tier, T0.plus(tier.period().multipliedBy(period)));
    }

    private static void fill(PeriodFile file, int bytes) {
        file.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO row VALUES (zeroblob(?))")) {
                insert.setInt(1, bytes);
                return insert.executeUpdate();
            }
        });
        file.file().closeIdleWriter(0);
    }
}
