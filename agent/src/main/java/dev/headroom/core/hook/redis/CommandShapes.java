package dev.headroom.core.hook.redis;

import dev.headroom.core.record.Recorder;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Every command and key shape that a client library was seen to send, with their series. Thread-safe. */
final class CommandShapes {
    final RedisCommands commands = new RedisCommands();
    final KeyPatterns patterns;
    final RoundTrips roundTrips;
    private final Recorder recorder;
    private final ConcurrentHashMap<RedisCommand, CommandSeries> keyless = new ConcurrentHashMap<>();

    CommandShapes(Recorder recorder) {
        this.recorder = recorder;
        this.patterns = new KeyPatterns(recorder.switches());
        this.roundTrips = new RoundTrips(commands, recorder);
    }

    CommandSeries series(RedisCommand command, @Nullable KeyPattern pattern) {
        if (pattern != null) {
            return pattern.command(command, recorder);
        }
        CommandSeries known = keyless.get(command);
        if (known == null) {
            known = new CommandSeries(command, null, recorder);
            keyless.put(command, known);
        }
        return known;
    }
}
