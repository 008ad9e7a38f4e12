package dev.headroom.core.hook.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.Window;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryWritesTest {
    private static final int ROOM = 1024;
    private static final long NOW_MILLIS = 1_800_000_000_000L;

    private final Recorder recorder = new Recorder(
            new Clock() {
                @Override
                public long wallMillis() {
                    return NOW_MILLIS;
                }

                @Override
                public long nanos() {
                    return 0;
                }
            },
            10);
    private final CommandShapes shapes = new CommandShapes(recorder);
    private final Sending<Object> sending = new Sending<>(this);

    /** As a client puts it on the wire, and as the hooks of Lettuce and Redisson keep it. */
    private void send(String... words) {
        StringBuilder wire = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            wire.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        byte[] whole = wire.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] kept = new byte[Math.min(ROOM, whole.length)];
        System.arraycopy(whole, 0, kept, 0, kept.length);
        boolean tailed = whole.length > ROOM;
        if (tailed) {
            int tail = RespRequest.TAIL;
            System.arraycopy(whole, whole.length - tail, kept, kept.length - tail, tail);
        }
        sending.begin(0);
        sending.command = RespRequest.read(kept, 0, kept.length, tailed, sending, shapes);
        shapes.writes(sending);
    }

    private static String value(int bytes) {
        return "x".repeat(bytes);
    }

    /** Of every series its attributes but the key's pattern, count and sum. */
    private Map<String, String> recorded() {
        Map<String, String> recorded = new TreeMap<>();
        for (Window.Entry entry : recorder.rotate(0, 1).entries()) {
            String lifetime = entry.attributes().toMap().get("headroom.cache.ttl");
            String name = entry.metric() == Metric.CACHE_VALUE_SIZE ? "size" : lifetime == null ? "endless" : "ttl";
            assertThat(entry.attributes().toMap()).containsEntry("cache", "user:{id}");
            recorded.put(
                    name,
                    entry.histogram().count() + "x"
                            + Math.round(entry.histogram().sum() * 1000) / 1000.0);
        }
        return recorded;
    }

    @ParameterizedTest
    @CsvSource({
        "SET user:1 %s EX 60, 60.0",
        "SET user:1 %s px 1500 NX, 1.5",
        "SET user:1 %s XX GET EX 7, 7.0",
        "SET user:1 %s EXAT 1800000010, 10.0",
        "SET user:1 %s PXAT 1800000000500, 0.5",
        "SETEX user:1 60 %s, 60.0",
        "psetex user:1 2500 %s, 2.5"
    })
    void lifetimesAreReadWhateverTheValuesSize(String command, String seconds) {
        for (int size : new int[] {0, 5, 880, 900, 920, 940, 950, 960, 970, 980, 990, 1000, 1010, 1024, 5000}) {
            send(String.format(command, value(size)).split(" ", -1));
            assertThat(recorded())
                    .as("value of " + size)
                    .isEqualTo(Map.of("size", "1x" + size + ".0", "ttl", "1x" + seconds));
        }
        assertThat(recorded()).isEmpty();
    }

    @Test
    void anEntryWithoutALifetimeIsEndlessOnlyWhenNoneFollows() {
        send("SET", "user:1", "v");
        send("SETNX", "user:2", value(3000));
        send("SET", "user:3", value(2000), "NX");
        send("EXPIRE", "user:1", "60");
        assertThat(recorded()).isEqualTo(Map.of("size", "3x5001.0", "ttl", "1x60.0"));
        send("PEXPIREAT", "user:2", Long.toString(NOW_MILLIS + 2000));
        assertThat(recorded()).isEqualTo(Map.of("endless", "1x0.0", "ttl", "1x2.0"));
        assertThat(recorded()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SET user:1 v KEEPTTL",
        "SET user:1 v EX many",
        "SET user:1 v a b c d EX 60 NX",
        "SET user:1 v EX 1234567890123456"
    })
    void whatIsNotKnownIsNotGuessed(String command) {
        boolean tooMany = command.contains(" a b ");
        send(command.replace(" v ", " " + value(tooMany ? 3000 : 1) + " ").split(" ", -1));
        assertThat(recorded()).containsOnlyKeys("size");
        assertThat(recorded()).isEmpty();
        assertThat(recorded()).isEmpty();
    }

    @Test
    void otherCommandsWriteNothing() {
        send("GET", "user:1");
        send("HSET", "user:1", "EX", "60");
        send("INCR", "user:1");
        assertThat(recorded()).isEmpty();
        assertThat(recorded()).isEmpty();
    }
}
