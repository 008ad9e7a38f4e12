package dev.headroom.demo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpenLoadTest {
    private static final LoadMix MIX =
            new LoadMix(List.of(new LoadMix.Step(1, Duration.ZERO, any -> Ask.get("/x"))), List.of(Ask.get("/login")));

    /** A server of one thread that stands still: a closed load would ask once, this one goes on asking. */
    @Test
    void goesOnAskingWhileTheServiceStandsStillAndCountsTheWait() throws Exception {
        AtomicInteger served = new AtomicInteger();
        CountDownLatch goOn = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var thread = Executors.newSingleThreadExecutor();
        server.setExecutor(thread);
        server.createContext("/", exchange -> {
            if (served.incrementAndGet() == 2) { // the first after the login
                try {
                    goOn.await();
                } catch (InterruptedException stopping) {
                    Thread.currentThread().interrupt();
                }
            }
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            OpenLoad load = OpenLoad.start(address, MIX, 200, 1);
            try (load) {
                assertThat(load.timings().get("GET /login").count()).isEqualTo(1);
                TimeUnit.MILLISECONDS.sleep(300); // the stall itself
                goOn.countDown();
            }
            Timings timings = load.timings().get("GET /x");
            assertThat(timings.count() + timings.unanswered()).isEqualTo(served.get() - 1L);
            assertThat(timings.count()).isGreaterThan(10);
            assertThat(timings.quantileMillis(0.5)).as("half of them waited").isGreaterThan(50);
            assertThat(load.failed()).isZero();
        } finally {
            server.stop(0);
            thread.shutdownNow();
        }
    }

    @Test
    void namesARateThatCannotBeMeant() {
        assertThatThrownBy(() -> OpenLoad.start(URI.create("http://127.0.0.1:1"), MIX, 0, 1))
                .hasMessageContaining("above 0")
                .hasMessageContaining("0.0");
    }
}
