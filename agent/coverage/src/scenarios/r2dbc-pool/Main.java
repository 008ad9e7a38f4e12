import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Lends connections in turn, lends all it has, lets one borrower give up and another one wait for what comes back. */
public final class Main {
    private static final int SIZE = 2;
    private static final int IN_TURN = 4;
    private static final String WAIT = "db.client.connection.wait_time";

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        ConnectionPool pool = new ConnectionPool(ConnectionPoolConfiguration.builder(
                        ConnectionFactories.get("r2dbc:h2:mem:///shop?options=DB_CLOSE_DELAY=-1"))
                .name("shop")
                .initialSize(SIZE)
                .maxSize(SIZE)
                .maxAcquireTime(Duration.ofSeconds(3))
                .acquireRetry(0)
                .build());
        for (int i = 0; i < IN_TURN; i++) {
            Connection connection = pool.create().block();
            System.out.println("lent " + one(connection));
            Mono.from(connection.close()).block();
        }
        Connection first = pool.create().block();
        Connection second = pool.create().block();
        Expect.awaitExport();
        String gaveUp = null;
        try {
            pool.create().block();
        } catch (RuntimeException expected) {
            gaveUp = expected.getClass().getName();
            System.out.println("gave up: " + gaveUp);
        }
        Thread third = new Thread(() -> {
            Connection connection = pool.create().block();
            System.out.println("waited for " + one(connection));
            Mono.from(connection.close()).block();
        });
        third.start();
        while (pool.getMetrics().get().pendingAcquireSize() == 0) {
            Thread.sleep(1);
        }
        Mono.from(first.close()).block();
        third.join();
        System.out.println("still lent " + one(second));
        Mono.from(second.close()).block();
        Expect.awaitExport();
        pool.dispose();
        expect(gaveUp);
    }

    private static int one(Connection connection) {
        return Flux.from(connection.createStatement("select 1 as one").execute())
                .flatMap(result -> result.map((row, columns) -> row.get("one", Integer.class)))
                .blockLast();
    }

    private static void expect(String gaveUp) {
        String name = "db.client.connection.pool.name=shop";
        Expect.count(WAIT, IN_TURN + 3, name, "error.type=");
        Expect.count(WAIT, 1, name, "error.type=" + gaveUp);
        Expect.count(WAIT, IN_TURN + 4);
        Expect.count("db.client.connection.use_time", IN_TURN + 3, name);
        Expect.sum("db.client.connection.timeouts", 1, name);
        Expect.max("db.client.connection.count", 2, name, "db.client.connection.state=used");
        Expect.last("db.client.connection.count", 0, name, "db.client.connection.state=used");
        Expect.max("db.client.connection.max", SIZE, name);
        Expect.count("db.client.operation.duration", IN_TURN + 2, "db.system.name=h2database", "db.namespace=shop", "db.operation.name=SELECT");
    }
}
