package dev.headroom.dashboard.redis;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.StoreOverloadedException;
import dev.headroom.dashboard.store.StoreUnusableException;
import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.LimitCounts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundles;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * Asks every named server and stores what it says. {@link #askAll} is for one thread and blocks on servers and on the store;
 * {@link #readings} is thread-safe.
 */
public final class RedisServers {
    private static final Logger LOG = LoggerFactory.getLogger(RedisServers.class);
    private static final int DEFAULT_PORT = 6379;

    private final MetricStore store;
    private final RedisProperties properties;
    private final InstantSource clock;
    private final SslBundles bundles;
    private final Map<String, Counted> before = new ConcurrentHashMap<>();
    private final Map<String, ServerReading> readings = new ConcurrentHashMap<>();

    /** Totals of a server at a moment; its run id changes when it starts anew. */
    private record Counted(Instant at, String run, Map<Metric, Long> totals) {}

    RedisServers(MetricStore store, RedisProperties properties, InstantSource clock, SslBundles bundles) {
        this.store = store;
        this.properties = properties;
        this.clock = clock;
        this.bundles = bundles;
    }

    List<RedisProperties.Server> servers() {
        List<RedisProperties.Server> servers = properties.servers();
        return servers == null ? List.of() : servers;
    }

    /** The newest of each server that was asked, by name. */
    public List<ServerReading> readings() {
        return new ArrayList<>(new TreeMap<>(readings).values());
    }

    void askAll() {
        servers().forEach(this::ask);
    }

    private void ask(RedisProperties.Server server) {
        ServerReading last = readings.get(server.name());
        try (Jedis redis = connect(server)) {
            long begin = System.nanoTime();
            redis.ping();
            double seconds = (System.nanoTime() - begin) / 1e9;
            took(server, new ServerInfo(redis.info()), seconds);
        } catch (JedisException | IllegalStateException unreachable) {
            String reason = String.valueOf(unreachable.getMessage());
            if (last == null || last.problem() == null) {
                LOG.warn("Redis {} at {} could not be asked: {}", server.name(), server.address(), reason);
            }
            readings.put(server.name(), (last == null ? nothing(server) : last).failed(clock.instant(), reason));
        } catch (StoreOverloadedException | StoreUnusableException full) {
            LOG.debug("What Redis {} said was not stored", server.name(), full);
        }
    }

    private ServerReading nothing(RedisProperties.Server server) {
        return new ServerReading(
                server.name(),
                server.service(),
                server.address(),
                clock.instant(),
                null,
                "",
                0,
                0,
                0,
                0,
                null,
                0,
                0,
                0,
                0,
                false,
                "",
                false,
                null,
                0);
    }

    private Jedis connect(RedisProperties.Server server) {
        int millis = (int) properties.timeout().toMillis();
        int port = server.url().getPort();
        String user = server.user() != null ? server.user() : JedisURIHelper.getUser(server.url());
        String password = server.password() != null ? server.password() : JedisURIHelper.getPassword(server.url());
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(millis)
                .socketTimeoutMillis(millis)
                .user(user)
                .password(password)
                // Jedis would tell of itself with CLIENT, for which a user who may only look has no right.
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        if (JedisURIHelper.isRedisSSLScheme(server.url())) {
            // Jedis by itself takes a trusted certificate of any host.
            SSLParameters checked = new SSLParameters();
            checked.setEndpointIdentificationAlgorithm("HTTPS");
            config.ssl(true).sslParameters(checked);
            String bundle = server.sslBundle();
            if (bundle != null && !bundle.isEmpty()) {
                config.sslSocketFactory(
                        bundles.getBundle(bundle).createSslContext().getSocketFactory());
            }
        }
        return new Jedis(new HostAndPort(server.url().getHost(), port < 0 ? DEFAULT_PORT : port), config.build());
    }

    private void took(RedisProperties.Server server, ServerInfo info, double pingSeconds) {
        Instant now = clock.instant();
        Map<Metric, Long> totals = new TreeMap<>();
        totals.put(Metric.REDIS_EVICTED, info.number("evicted_keys"));
        totals.put(Metric.REDIS_EXPIRED, info.number("expired_keys"));
        totals.put(Metric.REDIS_HITS, info.number("keyspace_hits"));
        totals.put(Metric.REDIS_MISSES, info.number("keyspace_misses"));
        Counted last = before.put(server.name(), new Counted(now, info.text("run_id"), totals));
        Counted known = last != null
                        && last.run().equals(info.text("run_id"))
                        && last.at().isBefore(now)
                ? last
                : null;
        double seconds = known == null ? 0 : Duration.between(known.at(), now).toMillis() / 1000.0;
        long keys = info.keyspace("keys");
        long endless = keys - info.keyspace("expires");
        long hits = info.number("keyspace_hits");
        long lookups = hits + info.number("keyspace_misses");
        readings.put(
                server.name(),
                new ServerReading(
                        server.name(),
                        server.service(),
                        server.address(),
                        now,
                        null,
                        info.text("redis_version"),
                        info.number("used_memory"),
                        info.number("maxmemory"),
                        perSecond(Metric.REDIS_EVICTED, totals, known, seconds),
                        perSecond(Metric.REDIS_EXPIRED, totals, known, seconds),
                        lookups == 0 ? null : Double.valueOf((double) hits / lookups),
                        keys,
                        endless,
                        info.number("connected_clients"),
                        1000 * pingSeconds,
                        info.persistenceFailed(),
                        info.text("maxmemory_policy"),
                        info.number("aof_enabled") == 1,
                        info.moment("rdb_last_save_time"),
                        info.number("rdb_changes_since_last_save")));
        List<Point> points = new ArrayList<>();
        gauge(points, Metric.REDIS_MEMORY_USED, info.number("used_memory"));
        gauge(points, Metric.REDIS_MEMORY_MAX, info.number("maxmemory"));
        gauge(points, Metric.REDIS_KEYS, keys);
        gauge(points, Metric.REDIS_KEYS_ENDLESS, endless);
        gauge(points, Metric.REDIS_CLIENTS, info.number("connected_clients"));
        gauge(points, Metric.REDIS_PERSISTENCE_FAILED, info.persistenceFailed() ? 1 : 0);
        ExponentialHistogram ping = new ExponentialHistogram();
        ping.record(pingSeconds);
        points.add(point(Metric.REDIS_PING, new Value.Distribution(ping.snapshot(), LimitCounts.NONE, 0)));
        if (known != null) {
            totals.forEach((metric, total) -> points.add(
                    point(metric, new Value.Sum(total - known.totals().getOrDefault(metric, 0L)))));
        }
        Instant start = known == null ? now.minus(properties.every()) : known.at();
        store.append(List.of(new Batch(sender(server), null, start, now, points)));
    }

    private static double perSecond(Metric metric, Map<Metric, Long> totals, @Nullable Counted known, double seconds) {
        return known == null || seconds <= 0
                ? 0
                : (totals.getOrDefault(metric, 0L) - known.totals().getOrDefault(metric, 0L)) / seconds;
    }

    private static void gauge(List<Point> points, Metric metric, long value) {
        points.add(point(metric, Value.Gauge.of((double) value)));
    }

    private static Point point(Metric metric, Value value) {
        return new Point(new SeriesKey(metric.metricName(), Map.of()), value);
    }

    private static Sender sender(RedisProperties.Server server) {
        return new Sender(
                server.service(),
                server.address(),
                new TreeMap<>(Map.of("service.name", server.service(), "service.instance.id", server.address())));
    }
}
