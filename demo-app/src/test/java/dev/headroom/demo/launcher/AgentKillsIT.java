package dev.headroom.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import tools.jackson.databind.JsonNode;

/**
 * Applications end with SIGKILL in the middle of their calls. Each writes how many it made into a mapped file, which outlives it,
 * after each call and, beside it, at each tick of the clock: what the dashboard has is what was made until its last window's end.
 */
class AgentKillsIT {
    private static final int KILLS = Integer.getInteger("demo.agent.kills", 12);
    private static final int AT_ONCE = 3;
    private static final long SEED = Long.getLong("demo.seed", System.nanoTime());
    private static final int INTERVAL_MILLIS = 1_000;

    /** A window is closed by a thread that must first be given a processor; calls until then are in it. */
    private static final int LATE_MILLIS = 1_500;

    private Databases.Redis redis;

    @BeforeEach
    void start() {
        redis = Databases.Redis.start();
    }

    @AfterEach
    void stop() throws IOException {
        redis.close();
    }

    @Test
    void whatIsMissingAfterAKillIsAtMostTheOpenWindow(@TempDir Path home) throws Exception {
        Random random = new Random(SEED);
        Instant begin = Instant.now().minus(Duration.ofMinutes(1));
        long most = 0;
        try (Stage stage = new Stage(
                new DemoOptions(0, 0, Optional.empty(), false, 1, 1, Jars.AGENT, Jars.DASHBOARD, Jars.SERVICE, home))) {
            stage.startDashboard();
            for (int killed = 0; killed < KILLS; killed += AT_ONCE) {
                List<Caller> callers = new ArrayList<>();
                for (int i = 0; i < AT_ONCE; i++) {
                    callers.add(Caller.start("caller-" + (killed + i), home, stage, redis.uri()));
                }
                for (Caller caller : callers) {
                    TimeUnit.MILLISECONDS.sleep(2_000 + random.nextInt(2_500)); // the moment is what is tested
                    caller.jvm.kill();
                    caller.killedMillis = System.currentTimeMillis();
                }
                TimeUnit.MILLISECONDS.sleep(1_000); // what was on its way is committed
                for (Caller caller : callers) {
                    most = Math.max(
                            most, caller.missing(new DashboardApi(stage.dashboardAddress(), caller.name), begin));
                }
            }
        }
        System.out.printf("%d kills of applications, at most %d ms of calls lost, seed %d%n", KILLS, most, SEED);
    }

    /** One application. */
    private static final class Caller {
        final String name;
        final Path file;
        final ChildJvm jvm;
        long killedMillis;

        private Caller(String name, Path file, ChildJvm jvm) {
            this.name = name;
            this.file = file;
            this.jvm = jvm;
        }

        static Caller start(String name, Path home, Stage stage, URI redis) {
            Path file = home.resolve(name + ".made");
            return new Caller(
                    name,
                    file,
                    ChildJvm.startProgram(
                            name,
                            home,
                            Map.of("HEADROOM_EXPORT_INTERVAL", INTERVAL_MILLIS + "ms"),
                            List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", stage.agentOption(name)),
                            List.of(
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Calls.class.getName(),
                                    redis.toString(),
                                    file.toString())));
        }

        /** Returns milliseconds of calls that were lost, after comparing what is there with what was made. */
        long missing(DashboardApi api, Instant begin) throws Exception {
            Made made = Made.read(file);
            long stored = 0;
            for (JsonNode row : api.items("caches", begin)) {
                for (JsonNode command : row.path("commands")) {
                    if (command.path("operation").asString().equals("GET")) {
                        stored += command.path("count").asLong();
                    }
                }
            }
            // The last call may have been recorded and not yet written down.
            assertThat(stored).as("%s: never more than was made", name).isLessThanOrEqualTo(made.last() + 1);
            long storedUntil = made.millisAt(stored);
            long lost = killedMillis - storedUntil;
            assertThat(lost)
                    .as(
                            "%s made %d calls, %d are stored, the newest made %d ms before the kill",
                            name, made.last(), stored, lost)
                    .isLessThanOrEqualTo(2 * INTERVAL_MILLIS + LATE_MILLIS);
            return lost;
        }
    }

    /** The counts that an application left behind: (milliseconds, calls) at every tick, and the last count. */
    private record Made(List<long[]> ticks, long last) {
        static Made read(Path file) throws IOException {
            try (FileChannel channel = FileChannel.open(file)) {
                MappedByteBuffer left = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
                left.order(ByteOrder.nativeOrder());
                List<long[]> ticks = new ArrayList<>();
                for (int at = Calls.FIRST_TICK; at < left.capacity() && left.getLong(at) != 0; at += Calls.TICK) {
                    ticks.add(new long[] {left.getLong(at), left.getLong(at + Long.BYTES)});
                }
                return new Made(ticks, left.getLong(0));
            }
        }

        /** When that many had been made. */
        long millisAt(long calls) {
            for (long[] tick : ticks) {
                if (tick[1] >= calls) {
                    return tick[0];
                }
            }
            return ticks.isEmpty() ? 0 : ticks.get(ticks.size() - 1)[0];
        }
    }

    /** The application: asks Redis, one call after another, and writes down how many it made. */
    static final class Calls {
        static final int FIRST_TICK = 64;
        static final int TICK = 2 * Long.BYTES;
        private static final int FILE_BYTES = 1 << 20;

        public static void main(String[] arguments) throws Exception {
            URI redis = URI.create(arguments[0]);
            try (FileChannel channel = FileChannel.open(
                            Path.of(arguments[1]),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
                    Jedis jedis = new Jedis(redis.getHost(), redis.getPort())) {
                MappedByteBuffer made = channel.map(FileChannel.MapMode.READ_WRITE, 0, FILE_BYTES);
                made.order(ByteOrder.nativeOrder());
                long tick = 0;
                int at = FIRST_TICK;
                for (long calls = 1; at < FILE_BYTES; calls++) {
                    jedis.get("key:" + calls % 100);
                    made.putLong(0, calls);
                    long now = System.currentTimeMillis();
                    if (now != tick) {
                        tick = now;
                        made.putLong(at + Long.BYTES, calls);
                        made.putLong(at, now);
                        at += TICK;
                    }
                }
            }
        }
    }
}
