package dev.headroom.coverage;

import dev.headroom.coverage.RespServer.Reply;
import dev.headroom.coverage.RespServer.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/**
 * Two nodes of a Redis cluster that do as a key's first word says; {@code redis.host}, {@code redis.port} of the first, which owns every
 * slot but one at the beginning. Speaks both versions of the protocol. Counts commands by name, but those by which clients look at the cluster.
 *
 * <p>Keys: {@code nil:} has no value. {@code slow:} is answered after 200 ms. {@code late:} after 600 ms. {@code error:} is answered with an
 * error. {@code push:} is answered after a message that nobody asked for, where the protocol has such. {@code broken:} ends the
 * connection in the middle of the reply. {@code moved:} belongs to the second node, as the first says when asked for it. {@code ask:} is on
 * its way there. All others have a value.
 */
final class RedisScriptBackEnd implements BackEnd {
    private static final Set<String> LOOKING =
            Set.of("info", "config", "cluster", "command", "ping", "client", "hello", "quit", "readonly");
    private static final String VALUE = "$5\r\nvalue\r\n";
    private static final int SLOTS = 16_384;
    private static final int NOBODYS = -1;

    private final RespServer first = new RespServer(this::answer);
    private final RespServer second = new RespServer(this::answer);
    private final Map<String, Long> calls = new ConcurrentSkipListMap<>();
    private volatile int movedSlot = NOBODYS;

    RedisScriptBackEnd() throws IOException {}

    @Override
    public Map<String, String> fresh() {
        movedSlot = NOBODYS;
        calls.clear();
        return Map.of("redis.host", "127.0.0.1", "redis.port", Integer.toString(first.port()));
    }

    @Override
    public Map<String, Long> work() {
        return new TreeMap<>(calls);
    }

    private Reply answer(int port, Session session, List<String> words) {
        String command = words.get(0).toLowerCase(Locale.ROOT);
        if (!LOOKING.contains(command)) {
            calls.merge(command, 1L, Long::sum);
        }
        boolean asking = session.asking;
        session.asking = command.equals("asking");
        return switch (command) {
            case "hello" -> hello(session, words);
            case "ping" -> new Reply("+PONG\r\n");
            case "info" ->
                new Reply(bulk("redis_version:8.0.0\r\nredis_mode:cluster\r\nrole:master\r\nconnected_clients:1\r\n"));
            case "config", "command" -> new Reply("*0\r\n");
            case "client" -> new Reply(words.get(1).equalsIgnoreCase("list") ? bulk("id=1\n") : "+OK\r\n");
            case "cluster" -> new Reply(cluster(port, words.get(1).toLowerCase(Locale.ROOT)));
            case "quit" -> new Reply("+OK\r\n", 0, true);
            case "get" -> get(port, session, asking, words.get(1));
            case "mget" -> mget(session, words.subList(1, words.size()));
            default -> new Reply("+OK\r\n");
        };
    }

    private static Reply hello(Session session, List<String> words) {
        session.protocol = words.size() > 1 ? Integer.parseInt(words.get(1)) : session.protocol;
        String head = session.protocol == 3 ? "%7\r\n" : "*14\r\n";
        return new Reply(head + bulk("server") + bulk("redis") + bulk("version") + bulk("8.0.0") + bulk("proto") + ":"
                + session.protocol + "\r\n" + bulk("id") + ":1\r\n" + bulk("mode") + bulk("cluster") + bulk("role")
                + bulk("master") + bulk("modules") + "*0\r\n");
    }

    private Reply get(int port, Session session, boolean asking, String key) {
        boolean atFirst = port == first.port();
        return switch (key.replaceFirst(":.*", "")) {
            case "nil" -> new Reply(nil(session));
            case "slow" -> new Reply(VALUE, 200, false);
            case "late" -> new Reply(VALUE, 600, false);
            case "error" -> new Reply("-WRONGTYPE Operation against a key holding the wrong kind of value\r\n");
            case "push" ->
                new Reply((session.protocol == 3 ? ">2\r\n" + bulk("hint") + bulk("of nothing") : "") + VALUE);
            case "broken" -> new Reply("$100\r\nhalf of", 0, true);
            case "moved" -> {
                if (atFirst) {
                    movedSlot = slot(key);
                }
                yield new Reply(atFirst ? "-MOVED " + slot(key) + " 127.0.0.1:" + second.port() + "\r\n" : VALUE);
            }
            case "ask" ->
                new Reply(
                        atFirst
                                ? "-ASK " + slot(key) + " 127.0.0.1:" + second.port() + "\r\n"
                                : asking ? VALUE : "-MOVED " + slot(key) + " 127.0.0.1:" + first.port() + "\r\n");
            default -> new Reply(VALUE);
        };
    }

    private static Reply mget(Session session, List<String> keys) {
        StringBuilder reply = new StringBuilder("*" + keys.size() + "\r\n");
        keys.forEach(key -> reply.append(key.startsWith("nil") ? nil(session) : VALUE));
        return new Reply(reply.toString());
    }

    private static String nil(Session session) {
        return session.protocol == 3 ? "_\r\n" : "$-1\r\n";
    }

    private String cluster(int port, String what) {
        return switch (what) {
            case "slots" -> slots();
            case "nodes" -> bulk(line(first, port) + line(second, port));
            case "myid" -> bulk(id(port == first.port() ? first : second));
            case "info" -> bulk("cluster_state:ok\r\ncluster_slots_assigned:16384\r\ncluster_known_nodes:2\r\n");
            default -> "-ERR unknown subcommand of this script\r\n";
        };
    }

    /** A slot, and the end of the range that begins there and belongs to one node. */
    private record Range(int from, int to, boolean ofSecond) {}

    /** The second node has the first slot, so that clients know it, and what has moved there. */
    private List<Range> ranges() {
        int moved = movedSlot;
        List<Range> ranges = new ArrayList<>(List.of(new Range(0, 0, true)));
        if (moved > 1) {
            ranges.add(new Range(1, moved - 1, false));
        }
        if (moved > 0) {
            ranges.add(new Range(moved, moved, true));
        }
        ranges.add(new Range(Math.max(1, moved + 1), SLOTS - 1, false));
        return ranges;
    }

    private String id(RespServer node) {
        return (node == first ? "a" : "b").repeat(40);
    }

    private String line(RespServer node, int asked) {
        String slots = ranges().stream()
                .filter(range -> range.ofSecond() == (node == second))
                .map(range -> range.from() == range.to() ? " " + range.from() : " " + range.from() + "-" + range.to())
                .collect(Collectors.joining());
        return id(node) + " 127.0.0.1:" + node.port() + "@" + (node.port() - 10_000) + " "
                + (node.port() == asked ? "myself," : "") + "master - 0 0 1 connected" + slots + "\n";
    }

    private String slots() {
        List<Range> ranges = ranges();
        StringBuilder slots = new StringBuilder("*" + ranges.size() + "\r\n");
        for (Range range : ranges) {
            RespServer node = range.ofSecond() ? second : first;
            slots.append("*3\r\n:" + range.from() + "\r\n:" + range.to() + "\r\n*3\r\n" + bulk("127.0.0.1") + ":"
                    + node.port() + "\r\n" + bulk(id(node)));
        }
        return slots.toString();
    }

    private static String bulk(String text) {
        return "$" + text.length() + "\r\n" + text + "\r\n";
    }

    /** CRC16 as clusters use it (XMODEM); keys here have no tags. */
    private static int slot(String key) {
        int crc = 0;
        for (int i = 0; i < key.length(); i++) {
            crc ^= key.charAt(i) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ 0x1021;
            }
            crc &= 0xFFFF;
        }
        return crc % SLOTS;
    }

    @Override
    public void close() throws IOException {
        first.close();
        second.close();
    }
}
