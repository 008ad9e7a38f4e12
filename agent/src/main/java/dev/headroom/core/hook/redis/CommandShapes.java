package dev.headroom.core.hook.redis;

import dev.headroom.core.record.Recorder;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Every command and key shape that a client library was seen to send, with their series. Thread-safe. */
final class CommandShapes {
    final RedisCommands commands = new RedisCommands();
    final KeyPatterns patterns;
    final RoundTrips roundTrips;
    private final Recorder recorder;
    private final ConcurrentHashMap<RedisCommand, CommandSeries> keyless = new ConcurrentHashMap<>();

    /** Those with entries that may be given a lifetime yet; at most as many as there are patterns. */
    private final Set<EntryWrites> unsettled = ConcurrentHashMap.newKeySet();

    CommandShapes(Recorder recorder) {
        this.recorder = recorder;
        this.patterns = new KeyPatterns(recorder.switches());
        this.roundTrips = new RoundTrips(commands, recorder);
        recorder.gauges(sink -> {
            for (EntryWrites each : unsettled) {
                each.settle();
            }
        });
    }

    /** A command is sent: tells what it says of the entry that it writes. */
    void writes(Sending<?> sending) {
        RedisCommand command = sending.command;
        KeyPattern pattern = sending.pattern;
        if (command == null || pattern == null || command.write == RedisCommand.Write.NONE) {
            return;
        }
        EntryWrites of = pattern.writes(recorder);
        if (sending.valueBytes >= 0) {
            of.size(sending.valueBytes);
        }
        long millis = sending.lifetimeMillis;
        if (millis >= 0 && sending.untilMoment) {
            millis = Math.max(0, millis - recorder.clock().wallMillis());
        }
        boolean writesValue = command.write.writesValue();
        if (millis >= 0 && writesValue) {
            of.lifetime(millis);
        } else if (millis >= 0) {
            of.expires(millis);
        } else if (millis == Sending.ENDLESS && writesValue && of.endless()) {
            unsettled.add(of);
        }
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
