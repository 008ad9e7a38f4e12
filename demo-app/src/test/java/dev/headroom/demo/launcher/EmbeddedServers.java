package dev.headroom.demo.launcher;

import java.nio.file.Path;

/** PostgreSQL and Redis from the binaries that come with the build. */
final class EmbeddedServers implements AutoCloseable {
    private final Databases.Postgres postgres;
    private final Databases.Redis redis;

    EmbeddedServers(Path home) {
        postgres = Databases.Postgres.start(home);
        redis = Databases.Redis.start();
    }

    Servers servers() {
        return new Servers(postgres.jdbcUrl(), "postgres", "postgres", redis.uri());
    }

    @Override
    public void close() {
        try (postgres) {
            redis.close();
        } catch (Exception failed) {
            throw new IllegalStateException("The embedded servers could not be stopped", failed);
        }
    }
}
