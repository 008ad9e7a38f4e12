package dev.headroom.harmless;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A reactive pool of one connection: borrowed in turn, and asked for in vain. */
final class R2dbcPoolScenario implements EveryHook.Scenario {
    private static final Duration GIVE_UP = Duration.ofSeconds(3);

    @Override
    public void play(Transcript transcript) {
        ConnectionPool pool =
                new ConnectionPool(ConnectionPoolConfiguration.builder(ConnectionFactories.get(R2dbcScenario.URL))
                        .name("pool")
                        .initialSize(1)
                        .maxSize(1)
                        .acquireRetry(0)
                        .maxAcquireTime(GIVE_UP)
                        .build());
        for (int i = 0; i < EveryHook.TIMES; i++) {
            R2dbcScenario.tell(transcript, "borrow", () -> {
                Connection connection = pool.create().block();
                Integer one = Flux.from(
                                connection.createStatement("select 42 as one").execute())
                        .flatMap(result -> result.map((row, columns) -> row.get("one", Integer.class)))
                        .blockLast();
                Mono.from(connection.close()).block();
                return one;
            });
        }
        R2dbcScenario.tell(transcript, "in vain", () -> {
            Connection only = pool.create().block();
            R2dbcScenario.tell(transcript, "second", () -> pool.create().block());
            return Mono.from(only.close()).block();
        });
        R2dbcScenario.tell(transcript, "pool closed", () -> pool.disposeLater().block());
    }
}
