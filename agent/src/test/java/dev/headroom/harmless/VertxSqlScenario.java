package dev.headroom.harmless;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletionException;

/** Queries of Vert.x' client, where nobody listens: what an application sees of a server is in the module {@code coverage}. */
final class VertxSqlScenario implements EveryHook.Scenario {
    @Override
    public void play(Transcript transcript) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Vertx vertx = Vertx.vertx();
        PgConnectOptions nowhere = new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setDatabase("shop")
                .setUser("u")
                .setPassword("p");
        Pool pool = Pool.pool(vertx, nowhere, new PoolOptions().setMaxSize(1));
        for (int i = 0; i < EveryHook.TIMES; i++) {
            transcript.tell("query", () -> outcome(pool.query("select 1").execute()));
            transcript.tell(
                    "prepared", () -> outcome(pool.preparedQuery("select $1").execute(Tuple.of("a"))));
        }
        transcript.tell("no text", () -> outcome(pool.query(null).execute()));
        transcript.tell("closed", () -> outcome(pool.close()));
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static String outcome(Future<?> asked) {
        try {
            return String.valueOf(
                    asked.toCompletionStage().toCompletableFuture().join());
        } catch (CompletionException failed) {
            return String.valueOf(failed.getCause().getClass());
        }
    }
}
