package dev.headroom.demo.launcher;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import redis.embedded.RedisServer;

/** A real PostgreSQL 18 with {@code pg_stat_statements} and a real Redis 6.2, from binaries in Maven artifacts. */
final class Databases {
    private Databases() {}

    /** A running PostgreSQL; its data is in a folder that is deleted at the end. */
    static final class Postgres implements AutoCloseable {
        private final EmbeddedPostgres server;
        private final long pid;

        private Postgres(EmbeddedPostgres server, long pid) {
            this.server = server;
            this.pid = pid;
        }

        static Postgres start(Path home) {
            try {
                Path data = Files.createDirectories(home).resolve("postgres-data");
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setOverrideWorkingDirectory(home.resolve("postgres").toFile())
                        .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                        .setServerConfig("pg_stat_statements.track", "all")
                        .setServerConfig("max_connections", "200")
                        .setServerConfig("fsync", "off") // a demo's data need not survive a power cut
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                        .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                        .start();
                Postgres postgres = new Postgres(server, pidIn(data));
                try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl(), "postgres", "postgres");
                        Statement statement = connection.createStatement()) {
                    statement.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
                }
                return postgres;
            } catch (IOException | SQLException | IllegalStateException refused) {
                throw new DemoFailure("PostgreSQL could not be started from its embedded binaries: " + refused);
            }
        }

        String jdbcUrl() {
            return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
        }

        long pid() {
            return pid;
        }

        @Override
        public void close() throws IOException {
            server.close();
        }

        // The server runs as a daemon of its own; the first line of this file is its process id.
        private static long pidIn(Path data) throws IOException {
            return Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim());
        }
    }

    /** A running Redis without persistence, on the loopback address. */
    static final class Redis implements AutoCloseable {
        private final RedisServer server;
        private final int port;
        private final long pid;

        private Redis(RedisServer server, int port, long pid) {
            this.server = server;
            this.port = port;
            this.pid = pid;
        }

        static Redis start() {
            int port = Ports.free();
            try {
                RedisServer server = RedisServer.newRedisServer()
                        .port(port)
                        .setting("bind 127.0.0.1")
                        .setting("maxmemory 64mb")
                        .setting("maxmemory-policy allkeys-lru")
                        .setting("save \"\"")
                        .build();
                Set<ProcessHandle> before = ProcessHandle.current().children().collect(Collectors.toSet());
                server.start();
                long pid = ProcessHandle.current()
                        .children()
                        .filter(child -> !before.contains(child))
                        .mapToLong(ProcessHandle::pid)
                        .findFirst()
                        .orElseThrow(() -> new DemoFailure("Redis was started, but no process of it is to be seen."));
                return new Redis(server, port, pid);
            } catch (IOException refused) {
                throw new DemoFailure("Redis could not be started from its embedded binary: " + refused);
            }
        }

        URI uri() {
            return URI.create("redis://127.0.0.1:" + port);
        }

        long pid() {
            return pid;
        }

        @Override
        public void close() throws IOException {
            server.stop();
        }
    }
}
