package dev.headroom.core.hook.httpserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.hook.jdbc.JdbcHook;
import dev.headroom.core.record.Window;
import dev.headroom.harness.LocalWeaving;
import dev.headroom.harness.Recorded;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Pages that do a known number of things with a real PostgreSQL, and what is recorded of each. */
class RequestWorkIT {
    private static final List<Path> JARS = List.of(
            Path.of("target/libraries/tomcat-embed-core-9.0.98.jar"),
            Path.of("target/libraries/tomcat-annotations-api-9.0.98.jar"),
            Path.of("target/libraries/postgresql-42.7.14.jar"));
    private static final int N = PetPages.ROWS;

    @Test
    void everyRequestKeepsCountOfWhatItDid() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
                LocalWeaving weaving = LocalWeaving.of(JARS, List.of(TomcatHook::new, JdbcHook::new))) {
            System.setProperty(
                    PetPages.URL, "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?sslmode=disable");
            Class<?> program = weaving.load(PetPages.class.getName());
            thread.setContextClassLoader(program.getClassLoader());
            Object pages = program.getConstructor().newInstance();
            try (AutoCloseable ignored = (AutoCloseable) pages) {
                String base = "http://127.0.0.1:" + ((Callable<?>) pages).call();
                weaving.window();
                served(weaving, base);
            }
        } finally {
            System.clearProperty(PetPages.URL);
            thread.setContextClassLoader(before);
        }
    }

    private static void served(LocalWeaving weaving, String base) throws Exception {
        ask(base + "/rest");
        Recorded first = settled(weaving, 1);
        assertThat(first.entries(Metric.REQUEST_DB_CALLS))
                .as("before the first request with a statement nothing is told")
                .isEmpty();
        for (String path :
                List.of("/lazy", "/lazy", "/joined", "/saved", "/batched", "/first", "/connected", "/rest")) {
            ask(base + path);
        }
        Recorded recorded = settled(weaving, 8);

        assertWork(recorded, "/lazy", 2, 1 + N, N, 0, 0);
        assertWork(recorded, "/joined", 1, 1, 1, 0, 0);
        assertWork(recorded, "/saved", 1, N, 0, N, 0);
        assertWork(recorded, "/batched", 1, 1, 0, 1, 0);
        assertWork(recorded, "/first", 1, 1, 1, 0, 0);
        assertWork(recorded, "/connected", 1, 0, 0, 0, 1);
        assertWork(recorded, "/rest", 1, 0, 0, 0, 0);

        assertAmount(recorded, Metric.REQUEST_DB_SHAPES, Attribute.HTTP_ROUTE, "/lazy", 2, 2);
        assertAmount(recorded, Metric.REQUEST_DB_ROWS, Attribute.HTTP_ROUTE, "/lazy", 2, 2 * N);
        assertAmount(recorded, Metric.REQUEST_DB_WRITES, Attribute.HTTP_ROUTE, "/saved", 1, N);
        assertThat(recorded.entries(Metric.REQUEST_DB_SHAPES, Map.of(Attribute.HTTP_ROUTE, "/rest")))
                .as("a route that uses no database")
                .isEmpty();
        assertThat(recorded.entries(Metric.REQUEST_STATEMENT_RUNS, Map.of(Attribute.HTTP_ROUTE, "/lazy")))
                .extracting(
                        entry -> entry.histogram().count(),
                        entry -> entry.histogram().max())
                .as("runs of the list's statement, and of the one that loads each owner")
                .containsExactlyInAnyOrder(tuple(2L, 1.0), tuple(2L, (double) N));
        assertThat(recorded.entries(Metric.REQUEST_TIME, Map.of(Attribute.HTTP_ROUTE, "/lazy")))
                .extracting(entry -> entry.attributes().get(Attribute.REQUEST_PART))
                .containsExactlyInAnyOrder("db", "own");
        double parts = recorded.entries(Metric.REQUEST_TIME).stream()
                .mapToDouble(entry -> entry.histogram().sum())
                .sum();
        double requests = recorded.entries(Metric.HTTP_SERVER_DURATION).stream()
                .mapToDouble(entry -> entry.histogram().sum())
                .sum();
        assertThat(parts).as("the parts add up to the requests").isCloseTo(requests, within(requests / 1_000));

        assertResult(recorded, "SELECT id, owner FROM pet ORDER BY id", 2, N, 2);
        assertResult(recorded, "SELECT id, name, id FROM owner WHERE id = $1", 2 * N, 1, 3);
        assertResult(recorded, "SELECT name FROM pet", 1, 1, 1);
        assertThat(recorded.entries(Metric.QUERY_ROWS, Map.of(Attribute.DB_OPERATION, "UPDATE")))
                .isEmpty();
    }

    private static void assertWork(
            Recorded recorded, String route, long requests, long calls, long repeated, long writes, long opened) {
        assertAmount(recorded, Metric.REQUEST_DB_CALLS, Attribute.HTTP_ROUTE, route, requests, calls);
        assertAmount(recorded, Metric.REQUEST_DB_REPEATED, Attribute.HTTP_ROUTE, route, requests, repeated);
        assertAmount(recorded, Metric.REQUEST_DB_REPEATED_WRITES, Attribute.HTTP_ROUTE, route, requests, writes);
        assertAmount(recorded, Metric.REQUEST_DB_OPENED, Attribute.HTTP_ROUTE, route, requests, opened);
    }

    private static void assertResult(Recorded recorded, String query, long queries, long rows, long columns) {
        String text = query.replace("$1", "?");
        assertAmount(recorded, Metric.QUERY_ROWS, Attribute.DB_QUERY, text, queries, rows);
        assertAmount(recorded, Metric.QUERY_COLUMNS, Attribute.DB_QUERY, text, queries, columns);
    }

    /** So many events, each of exactly that amount. */
    private static void assertAmount(
            Recorded recorded, Metric metric, Attribute by, String value, long events, long amount) {
        assertThat(recorded.entries(metric, Map.of(by, value)))
                .as(metric.metricName() + " of " + value)
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.histogram().count()).as("events").isEqualTo(events);
                    assertThat(entry.histogram().min()).as("least").isEqualTo(amount);
                    assertThat(entry.histogram().max()).as("most").isEqualTo(amount);
                });
    }

    private static void ask(String url) throws Exception {
        HttpResponse<Void> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding());
        assertThat(answer.statusCode()).as(url).isEqualTo(200);
    }

    /** The access log comes after the answer: what the client saw may be recorded a moment later. */
    private static Recorded settled(LocalWeaving weaving, int requests) {
        Instant deadline = Instant.now().plusSeconds(60);
        List<Window.Entry> entries = new ArrayList<>();
        long counted = 0;
        while (counted < requests && Instant.now().isBefore(deadline)) {
            Recorded window = weaving.window();
            for (Window.Entry entry : window.window().entries()) {
                add(entries, entry);
            }
            counted += window.count(Metric.HTTP_SERVER_DURATION);
            Thread.onSpinWait();
        }
        for (Window.Entry entry : weaving.window().window().entries()) {
            add(entries, entry);
        }
        assertThat(counted).isEqualTo(requests);
        return new Recorded(new Window(0, 5_000, entries));
    }

    private static void add(List<Window.Entry> entries, Window.Entry entry) {
        for (int i = 0; i < entries.size(); i++) {
            Window.Entry known = entries.get(i);
            if (known.metric() == entry.metric() && known.attributes().equals(entry.attributes())) {
                entries.set(i, known.plus(entry));
                return;
            }
        }
        entries.add(entry);
    }
}
