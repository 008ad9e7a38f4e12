package dev.headroom.harmless;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.Result;
import java.util.List;
import java.util.concurrent.Callable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Statements that change, read, fail, are read in part, batched, committed, and never run. Of failures no stack is printed: Reactor's
 * own operators, which the agent adds, are in it.
 */
final class R2dbcScenario implements EveryHook.Scenario {
    static final String URL = "r2dbc:h2:mem:///reactive?options=DB_CLOSE_DELAY=-1";

    @Override
    public void play(Transcript transcript) {
        Connection connection =
                Mono.<Connection>from(ConnectionFactories.get(URL).create()).block();
        for (int i = 0; i < EveryHook.TIMES; i++) {
            tell(
                    transcript,
                    "create",
                    () -> changed(connection
                            .createStatement("create table if not exists pets (id int primary key, name varchar(9))")
                            .execute()));
            tell(
                    transcript,
                    "insert",
                    () -> changed(connection
                            .createStatement(
                                    "insert into pets (name, id) select 'Rex', count(*) from pets where name <> $1")
                            .bind("$1", "Max")
                            .execute()));
            tell(transcript, "read", () -> names(connection));
            tell(
                    transcript,
                    "read in part",
                    () -> Flux.from(connection
                                    .createStatement("select id from pets order by id")
                                    .execute())
                            .flatMap(result -> result.map((row, columns) -> row.get("id", Integer.class)))
                            .next()
                            .block());
            tell(
                    transcript,
                    "unread",
                    () -> Mono.from(connection
                                    .createStatement("select id from pets")
                                    .execute())
                            .then()
                            .block());
            tell(
                    transcript,
                    "wrong",
                    () -> changed(connection
                            .createStatement("select nothing from nowhere")
                            .execute()));
            tell(transcript, "no text", () -> connection.createStatement(null));
            tell(
                    transcript,
                    "batch",
                    () -> changed(connection
                            .createBatch()
                            .add("update pets set name = 'Max' where id = 7")
                            .add("update pets set name = 'Rex' where id = 7")
                            .execute()));
            tell(
                    transcript,
                    "begin",
                    () -> Mono.from(connection.beginTransaction()).block());
            tell(
                    transcript,
                    "rolled back",
                    () -> Mono.from(connection.rollbackTransaction()).block());
            tell(
                    transcript,
                    "mapped wrongly",
                    () -> Flux.from(connection
                                    .createStatement("select id from pets")
                                    .execute())
                            .flatMap(result -> result.map((row, columns) -> Integer.valueOf("none")))
                            .blockLast());
        }
        tell(transcript, "closed", () -> Mono.from(connection.close()).block());
    }

    static void tell(Transcript transcript, String what, Callable<?> step) {
        transcript.tell(what, () -> {
            try {
                return step.call();
            } catch (RuntimeException failed) {
                return failed.getClass().getName() + ": " + failed.getMessage();
            }
        });
    }

    private static List<String> names(Connection connection) {
        return Flux.from(connection
                        .createStatement("select name from pets order by id")
                        .execute())
                .flatMap(result -> result.map((row, columns) -> row.get("name", String.class)))
                .collectList()
                .block();
    }

    private static long changed(Publisher<? extends Result> results) {
        return Flux.from(results)
                .flatMap(result -> (Publisher<?>) result.getRowsUpdated()) // of Integer until 0.9, of Long since
                .map(count -> ((Number) count).longValue())
                .reduce(0L, Long::sum)
                .block();
    }
}
