package dev.headroom.dashboard.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.AgentSender;
import dev.headroom.dashboard.ChildDashboard;
import dev.headroom.dashboard.DashboardApplication;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One dashboard process with 256 MB of heap, which ends when that does not suffice, and senders that want it to. After each of them an
 * honest agent is served, quickly, and its counts are exact.
 */
class HostileSendersIT {
    private static final int SLOW_SENDERS = 300;
    private static final int SLOWEST_SECONDS = 4;
    private static final int BOMBS = 16;
    private static final int DISTINCT = 100_000;
    private static final int PER_WINDOW = 5_000;
    private static final int MAX_SERIES = 20_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    static Path directory;

    private static ChildDashboard dashboard;
    private static final AgentSender HONEST = new AgentSender("honest");
    private static long honest;

    @BeforeAll
    static void start() throws Exception {
        dashboard = ChildDashboard.start(
                        DashboardApplication.class,
                        directory,
                        ChildDashboard.freePort(),
                        List.of("-Xmx256m"),
                        "--headroom.ingest.slowest-request=" + SLOWEST_SECONDS + "s")
                .awaitHealthy();
    }

    @AfterAll
    static void stop() {
        dashboard.close();
    }

    @AfterEach
    void anHonestAgentIsServed() throws Exception {
        assertThat(dashboard.alive()).as("the dashboard lives").isTrue();
        honestWindow();
        assertThat(total("caches", "honest&to=" + HONEST.endMillis(), "hits")).isEqualTo(honest);
    }

    private static void honestWindow() throws Exception {
        AgentSender.Numbered window = HONEST.sum(Metric.CACHE_GETS, Map.of("cache", "c", "result", "hit"), 3)
                .next();
        honest += 3;
        long begin = System.nanoTime();
        assertThat(dashboard
                        .post(window.body(), "Idempotency-Key", window.key())
                        .statusCode())
                .isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }

    /** Each stands for ten gigabytes; together they would be more than any machine has. */
    @Test
    void tenGigabytesOfZerosAreRefusedSixteenTimesAtOnce() throws Exception {
        byte[] bomb = tenGigabytes();
        List<Integer> answers = atOnce(
                BOMBS, () -> dashboard.post(bomb, "Content-Encoding", "gzip").statusCode());
        assertThat(answers).hasSize(BOMBS).isSubsetOf(413, 429);
        assertThat(dashboard.post(bomb, "Content-Encoding", "gzip").statusCode())
                .as("alone")
                .isEqualTo(413);
    }

    @Test
    void aBombWithinABombIsInflatedOnce() throws Exception {
        byte[] nested = ReaderFuzzTest.gzipped(tenGigabytes());
        assertThat(dashboard.post(nested, "Content-Encoding", "gzip").statusCode())
                .isEqualTo(400);
        assertThat(dashboard.post(nested, "Content-Encoding", "gzip, gzip").statusCode())
                .isEqualTo(415);
    }

    /** Small on the wire and within the limit once inflated; what is large is what it would become. */
    @Test
    void messagesThatAreLargerInMemoryThanOnTheWireAreRefused() throws Exception {
        byte[] resources = new byte[60_000_000];
        for (int i = 0; i < resources.length; i += 2) {
            resources[i] = 0x0A;
        }
        assertThat(dashboard
                        .post(ReaderFuzzTest.gzipped(resources), "Content-Encoding", "gzip")
                        .statusCode())
                .isEqualTo(400);
        byte[] json =
                ("{\"resourceMetrics\":[" + "[],".repeat(15_000_000) + "[]]}").getBytes(StandardCharsets.US_ASCII);
        assertThat(postJson(ReaderFuzzTest.gzipped(json))).isEqualTo(400);
        byte[] deep = "[".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII);
        assertThat(postJson(ReaderFuzzTest.gzipped(deep))).isEqualTo(400);
    }

    /** Heads and bodies, a byte now and then: others are served meanwhile, and the slow are hung up on. */
    @Test
    void hundredsOfSlowSendersHoldNobodyUp() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW_SENDERS; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), dashboard.port());
                socket.setTcpNoDelay(true);
                slow.add(socket);
                String head = "POST /v1/metrics HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-protobuf\r\n";
                send(socket, i % 2 == 0 ? head : head + "Content-Length: 10000000\r\n\r\n");
            }
            long deadline =
                    System.nanoTime() + Duration.ofSeconds(SLOWEST_SECONDS + 15).toNanos();
            int cutOff = 0;
            while (cutOff < SLOW_SENDERS) {
                assertThat(System.nanoTime()).as("%d hung up on", cutOff).isLessThan(deadline);
                honestWindow();
                cutOff = 0;
                for (Socket socket : slow) {
                    cutOff += stillTaken(socket) ? 0 : 1;
                }
                TimeUnit.MILLISECONDS.sleep(200); // the pace of the dribble
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void wrongLengthsAndHugeHeadsAreRefusedAndTheConnectionIsClosed() throws Exception {
        String post = "POST /v1/metrics HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-protobuf\r\n";
        for (String request : List.of(
                post + "Content-Length: -1\r\n\r\n",
                post + "Content-Length: 99999999999999999999\r\n\r\n",
                post + "Content-Length: ten\r\n\r\n",
                post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                post + "Content-Length: 2\r\n\r\n\n\nGARBAGE AFTER THE BODY\r\n\r\n",
                post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n\r\n",
                post + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
                post + "Transfer-Encoding: chunked\r\n\r\n-5\r\nabc\r\n",
                post + "X-Huge: " + "x".repeat(1_000_000) + "\r\n\r\n",
                post + "X-Many: x\r\n".repeat(100_000) + "\r\n",
                "POST /" + "x".repeat(1_000_000) + " HTTP/1.1\r\n\r\n",
                "\u0000\u0001\u0002".repeat(1_000) + "\r\n\r\n")) {
            String begin = request.substring(0, Math.min(120, request.length()));
            String answer = answer(request);
            assertThat(answer).as(begin).doesNotContain("HTTP/1.1 500").doesNotContain("HTTP/1.1 503");
        }
        // Fewer bytes than were announced, then the end.
        assertThat(answer(post + "Content-Length: 1000\r\n\r\nabc")).doesNotContain("HTTP/1.1 2");
    }

    @Test
    void aHundredThousandRoutesQueriesAndKeysOfOneAgentAreCountedInBoundedMemory() throws Exception {
        AgentSender flood = new AgentSender("flood");
        for (int from = 0; from < DISTINCT; from += PER_WINDOW) {
            for (int i = from; i < from + PER_WINDOW; i++) {
                flood.duration(
                        Metric.HTTP_SERVER_DURATION,
                        Map.of("http.request.method", "GET", "http.route", "/r" + i),
                        0.01);
                flood.duration(
                        Metric.DB_DURATION,
                        Map.of("db.query.text", "SELECT " + i, "headroom.query.fingerprint", "%016x".formatted(i)),
                        0.01);
                flood.sum(Metric.CACHE_GETS, Map.of("cache", "k" + i, "result", i % 2 == 0 ? "hit" : "miss"), 1);
            }
            AgentSender.Numbered window = flood.next();
            HttpResponse<byte[]> answer = dashboard.post(
                    ReaderFuzzTest.gzipped(window.body()), "Idempotency-Key", window.key(), "Content-Encoding", "gzip");
            assertThat(answer.statusCode()).isEqualTo(200);
            if (from > MAX_SERIES) {
                assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("overflow series");
            }
        }
        long to = flood.endMillis();
        assertThat(total("routes", "flood&to=" + to, "count")).isEqualTo(DISTINCT);
        assertThat(total("queries", "flood&to=" + to, "count")).isEqualTo(DISTINCT);
    }

    @Test
    void statementsOfAMegabyteAreCutAndStayTwoWhenTheyDifferLate() throws Exception {
        AgentSender agent = new AgentSender("long");
        String same = "SELECT '" + "x".repeat(1_000_000);
        for (String end : List.of("a'", "b'")) {
            agent.duration(Metric.DB_DURATION, Map.of("db.query.text", same + end, "db.system.name", "h2"), 0.01);
        }
        AgentSender.Numbered window = agent.next();
        assertThat(dashboard
                        .post(window.body(), "Idempotency-Key", window.key())
                        .statusCode())
                .isEqualTo(200);
        assertThat(total("queries", "long&to=" + agent.endMillis(), "count")).isEqualTo(2);
        String shown = dashboard.get("/api/v1/queries?service=long").body();
        assertThat(shown.length()).isLessThan(100_000);
    }

    /** The sum of a field over a list's items. */
    private static long total(String list, String service, String field) throws Exception {
        HttpResponse<String> answer = dashboard.get("/api/v1/" + list + "?service=" + service);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        long total = 0;
        for (JsonNode item : JSON.readTree(answer.body()).path("items")) {
            total += item.path(field).asLong();
        }
        return total;
    }

    private static int postJson(byte[] gzipped) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(dashboard.address().resolve("/v1/metrics"))
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(gzipped))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static boolean stillTaken(Socket socket) {
        try {
            send(socket, "x");
            if (socket.getInputStream().available() > 0) {
                return socket.getInputStream().read() >= 0;
            }
            socket.setSoTimeout(1);
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException silent) {
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Everything the dashboard says until it hangs up. */
    private static String answer(String request) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), dashboard.port())) {
            socket.setSoTimeout((int) Duration.ofSeconds(SLOWEST_SECONDS + 20).toMillis());
            try {
                send(socket, request);
                socket.shutdownOutput();
            } catch (IOException refusedMeanwhile) {
                // what it said is still to be read
            }
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            } catch (IOException reset) {
                return "";
            }
        }
    }

    /** Members of gzip, one behind another, are one stream. */
    private static byte[] tenGigabytes() {
        byte[] member = ReaderFuzzTest.gzipped(new byte[64 << 20]);
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        for (int i = 0; i < 160; i++) {
            bomb.writeBytes(member);
        }
        return bomb.toByteArray();
    }

    private static <T> List<T> atOnce(int times, Callable<T> what) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                running.add(threads.submit(what));
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> each : running) {
                answers.add(each.get(2, TimeUnit.MINUTES));
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }
}
