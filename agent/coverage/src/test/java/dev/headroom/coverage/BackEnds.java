package dev.headroom.coverage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/** The back ends by name. Starts them when cells ask for them, as many of a kind as cells run at once. Thread-safe. */
final class BackEnds implements AutoCloseable {
    /** Starts one; may take seconds. */
    private interface Kind {
        BackEnd start(MavenJars jars) throws Exception;
    }

    /** Too heavy to start twice. */
    private static final String ONE_AT_A_TIME = "mariadb";

    private static final Map<String, Kind> KINDS = kinds();

    private final Map<String, Deque<BackEnd>> idle = new HashMap<>();
    private final List<BackEnd> all = new ArrayList<>();
    private final Semaphore one = new Semaphore(1);
    private final MavenJars jars;

    BackEnds(MavenJars jars) {
        this.jars = jars;
    }

    private static Map<String, Kind> kinds() {
        Map<String, Kind> kinds = new TreeMap<>();
        kinds.put("mariadb", MariaDbBackEnd::new);
        kinds.put("redis", jars -> new RedisBackEnd());
        kinds.put("redis-cluster", jars -> new RedisClusterBackEnd());
        kinds.put("redis-sentinel", jars -> new RedisSentinelBackEnd());
        kinds.put("redis-tls", jars -> new RedisTlsBackEnd());
        kinds.put("redis-script", jars -> new RedisScriptBackEnd());
        kinds.put("postgresql", jars -> new PostgresBackEnd());
        kinds.put("http", jars -> new HttpBackEnd());
        return kinds;
    }

    static Set<String> names() {
        return KINDS.keySet();
    }

    /** Free for the caller until it is given back. */
    BackEnd lease(String name) throws Exception {
        if (name.equals(ONE_AT_A_TIME)) {
            one.acquire();
        }
        synchronized (this) {
            Deque<BackEnd> free = idle.get(name);
            if (free != null && !free.isEmpty()) {
                return free.pop();
            }
        }
        Kind kind = KINDS.get(name);
        if (kind == null) {
            throw new IllegalArgumentException(
                    "no back end \"" + name + "\", expected one of " + names() + " in " + Catalogue.FILE);
        }
        BackEnd started = kind.start(jars);
        synchronized (this) {
            all.add(started);
        }
        return started;
    }

    void giveBack(String name, BackEnd leased) {
        synchronized (this) {
            idle.computeIfAbsent(name, key -> new ArrayDeque<>()).push(leased);
        }
        if (name.equals(ONE_AT_A_TIME)) {
            one.release();
        }
    }

    @Override
    public synchronized void close() throws Exception {
        for (BackEnd each : all) {
            each.close();
        }
    }
}
