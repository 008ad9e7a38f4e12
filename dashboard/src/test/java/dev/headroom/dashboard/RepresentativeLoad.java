package dev.headroom.dashboard;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import java.util.Arrays;
import java.util.Map;

/** One window with something of everything that an agent in a busy service reports. */
final class RepresentativeLoad {
    private static final Map<String, String> SQL =
            Map.of("db.system.name", "postgresql", "db.query.text", "select * from pets where id = ?");
    private static final Map<String, String> REDIS =
            Map.of("db.system.name", "redis", "db.operation.name", "GET", "headroom.key.pattern", "pet:{id}");
    private static final Map<String, String> POOL = Map.of("db.client.connection.pool.name", "main");
    private static final Map<String, String> HOOK = Map.of(Attribute.HOOK.key(), "jdbc-statement");

    private RepresentativeLoad() {}

    /** @param seconds of each of 200 requests */
    static AgentSender window(AgentSender agent, double seconds) {
        double[] durations = new double[200];
        Arrays.fill(durations, seconds);
        agent.duration(Metric.HTTP_SERVER_DURATION, http("200"), durations)
                .duration(Metric.HTTP_SERVER_DURATION, http("503"), 0.001)
                .duration(Metric.HTTP_CLIENT_DURATION, Map.of("server.address", "api", "server.port", "80"), 0.02)
                .duration(Metric.DB_DURATION, SQL, 0.004, 0.005)
                .duration(Metric.DB_DURATION, REDIS, 0.001)
                .sum(Metric.REDIS_UNTIMED, Map.of("db.operation.name", "SET"), 3)
                .sum(Metric.CACHE_GETS, Map.of("cache", "pet:{id}", "result", "hit"), 9)
                .sum(Metric.CACHE_GETS, Map.of("cache", "pet:{id}", "result", "miss"), 1);
        return jvm(cost(pool(agent)));
    }

    private static AgentSender pool(AgentSender agent) {
        return agent.duration(Metric.POOL_WAIT, POOL, 0.001)
                .duration(Metric.POOL_USE, POOL, 0.01)
                .duration(Metric.POOL_CREATE, POOL, 0.02)
                .sum(Metric.POOL_TIMEOUTS, POOL, 1)
                .gauge(Metric.POOL_COUNT, state("used"), 3)
                .gauge(Metric.POOL_COUNT, state("idle"), 7)
                .gauge(Metric.POOL_PENDING, POOL, 1)
                .gauge(Metric.POOL_MAX, POOL, 10);
    }

    private static AgentSender cost(AgentSender agent) {
        return agent.gauge(Metric.AGENT_COST, Map.of(), 0.002)
                .gauge(Metric.AGENT_COST_BUDGET, Map.of(), 0.01)
                .sum(Metric.AGENT_CPU, Map.of(), 0.01)
                .sum(Metric.AGENT_HOOK_TIME, HOOK, 0.01)
                .sum(Metric.AGENT_FAILURES, HOOK, 1)
                .gauge(Metric.AGENT_HEAP, Map.of(), 1e6)
                .gauge(Metric.AGENT_METASPACE, Map.of(), 1e6)
                .sum(Metric.AGENT_ALLOCATED, Map.of(), 1e5)
                .sum(Metric.AGENT_SENT, Map.of(), 1e4)
                .gauge(Metric.AGENT_QUEUE, Map.of(), 1)
                .sum(Metric.AGENT_DROPPED, Map.of(Attribute.REASON.key(), "too-old"), 1);
    }

    private static AgentSender jvm(AgentSender agent) {
        return agent.gauge(
                        Metric.JVM_MEMORY_USED, Map.of("jvm.memory.type", "heap", "jvm.memory.pool.name", "Old"), 1000)
                .duration(Metric.JVM_GC_DURATION, Map.of("jvm.gc.name", "G1"), 0.01)
                .gauge(Metric.JVM_CPU_UTILIZATION, Map.of(), 0.2)
                .gauge(Metric.JVM_THREADS, Map.of(), 12);
    }

    private static Map<String, String> state(String state) {
        return Map.of("db.client.connection.pool.name", "main", "db.client.connection.state", state);
    }

    private static Map<String, String> http(String status) {
        return Map.of("http.request.method", "GET", "http.route", "/pets/{id}", "http.response.status_code", status);
    }
}
