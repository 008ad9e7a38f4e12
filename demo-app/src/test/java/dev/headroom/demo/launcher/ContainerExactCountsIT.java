package dev.headroom.demo.launcher;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** On PostgreSQL 15 and Redis 7 in containers. */
@Tag("docker")
@ExtendWith(Containers.class)
class ContainerExactCountsIT extends ExactCountsContract {
    private static final int REDIS_PORT = 6379;

    private final PostgreSQLContainer postgres = new PostgreSQLContainer("postgres:15-alpine")
            .withCommand("postgres", "-c", "fsync=off", "-c", "shared_preload_libraries=pg_stat_statements");
    private final GenericContainer<?> redis =
            new GenericContainer<>(DockerImageName.parse("redis:7-alpine")).withExposedPorts(REDIS_PORT);

    @BeforeEach
    void start() throws Exception {
        postgres.start();
        redis.start();
        try (Connection connection = DriverManager.getConnection(
                        postgres.getJdbcUrl(), postgres.getUsername(), postgres.getPassword());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION pg_stat_statements");
        }
    }

    @AfterEach
    void stop() {
        redis.stop();
        postgres.stop();
    }

    @Override
    Servers servers() {
        URI redisAddress = URI.create("redis://127.0.0.1:" + redis.getMappedPort(REDIS_PORT));
        return new Servers(postgres.getJdbcUrl(), postgres.getUsername(), postgres.getPassword(), redisAddress);
    }
}
