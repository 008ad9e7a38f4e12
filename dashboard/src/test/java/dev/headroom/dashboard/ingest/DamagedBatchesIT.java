package dev.headroom.dashboard.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.AgentSender;
import dev.headroom.dashboard.StartedDashboard;
import dev.headroom.dashboard.fuzz.Bytes;
import dev.headroom.dashboard.fuzz.JsonMutator;
import dev.headroom.dashboard.fuzz.ProtoMutator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a bad line does to batches, through real sockets: {@code -Dfuzz.seed=7} for the same damage again, {@code -Dfuzz.rounds=50}
 * for more of it.
 */
class DamagedBatchesIT {
    private static final long SEED = Long.getLong("fuzz.seed", 41_691_105_434_826L);
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 1);
    private static final int AGENTS = 8;
    private static final int WINDOWS = 6;
    private static final int DAMAGED_PER_WINDOW = 25;
    private static final int STRANGE = 750;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<String, String> HITS = Map.of("cache", "c", "result", "hit");

    @TempDir
    static Path directory;

    private static StartedDashboard dashboard;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void start() {
        dashboard = StartedDashboard.on(directory);
        System.out.println("seed " + SEED);
    }

    @AfterAll
    static void stop() {
        dashboard.close();
    }

    /** The checksum of gzip finds every damage to what it covers; the repeat that follows is stored, once. */
    @Test
    void damagedBatchesAreRefusedAndTheirSoundRepeatsAreStoredOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AGENTS);
        try {
            List<Future<Integer>> agents = new ArrayList<>();
            for (int i = 0; i < AGENTS; i++) {
                Random random = new Random(SEED + i);
                agents.add(threads.submit(() -> windowsWithDamage(random)));
            }
            int refused = 0;
            for (Future<Integer> agent : agents) {
                refused += agent.get(5, TimeUnit.MINUTES);
            }
            int damaged = AGENTS * WINDOWS * DAMAGED_PER_WINDOW * ROUNDS;
            System.out.println(refused + " of " + damaged + " damaged batches were refused");
            assertThat(refused).isGreaterThan(damaged * 9 / 10);
        } finally {
            threads.shutdownNow();
        }
        long windows = WINDOWS * (long) ROUNDS;
        assertThat(hits("damaged")).isEqualTo(AGENTS * windows * (windows + 1) / 2);
        for (JsonNode instance : items("/api/v1/instances?service=damaged")) {
            assertThat(instance.path("gaps").asLong()).isZero();
        }
    }

    /** Window n of an agent adds n: the sum shows what is lost or doubled, whichever it is. Returns how many were refused. */
    private int windowsWithDamage(Random random) throws Exception {
        AgentSender agent = new AgentSender("damaged");
        agent.endingAt(Instant.now().minusSeconds(5L * WINDOWS * ROUNDS));
        int refused = 0;
        for (int n = 1; n <= WINDOWS * ROUNDS; n++) {
            AgentSender.Numbered window = agent.sum(Metric.CACHE_GETS, HITS, n).next();
            byte[] sound = ReaderFuzzTest.gzipped(window.body());
            for (int i = 0; i < DAMAGED_PER_WINDOW; i++) {
                byte[] damaged = Bytes.damaged(sound, random);
                int status = post(damaged, "application/x-protobuf", true, window.key());
                // Name, time and system in gzip's head are under no checksum, and mean nothing.
                boolean same = Arrays.equals(inflated(damaged), window.body());
                assertThat(status).isEqualTo(same ? 200 : 400);
                refused += status == 400 ? 1 : 0;
            }
            truncated(sound, window.key(), random);
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                assertThat(post(sound, "application/x-protobuf", true, window.key()))
                        .isEqualTo(200);
            }
        }
        return refused;
    }

    /** Announces all of it and hangs up in the middle. */
    private static void truncated(byte[] body, String key, Random random) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), dashboard.port())) {
            String head = "POST /v1/metrics HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-protobuf\r\n"
                    + "Content-Encoding: gzip\r\nIdempotency-Key: " + key + "\r\nContent-Length: " + body.length
                    + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body, 0, random.nextInt(body.length));
        }
    }

    /** What comes behind a later number counts as a repeat: never doubled, and said as a gap. */
    @Test
    void reorderedAndRepeatedWindowsAreNeverDoubledAndWhatIsMissingIsSaid() throws Exception {
        Random random = new Random(SEED);
        AgentSender agent = new AgentSender("reordered");
        List<AgentSender.Numbered> sent = new ArrayList<>();
        List<Integer> order = new ArrayList<>();
        for (int n = 1; n <= 40; n++) {
            sent.add(agent.sum(Metric.CACHE_GETS, HITS, n).next());
            order.add(n);
            order.add(n);
        }
        Collections.shuffle(order, random);
        long expected = 0;
        int highest = 0;
        int stored = 0;
        for (int n : order) {
            AgentSender.Numbered window = sent.get(n - 1);
            assertThat(post(window.body(), "application/x-protobuf", false, window.key()))
                    .isEqualTo(200);
            if (n > highest) {
                expected += n;
                stored++;
                highest = n;
            }
        }
        assertThat(hits("reordered&to=" + agent.endMillis())).isEqualTo(expected);
        JsonNode instance = items("/api/v1/instances?service=reordered").get(0);
        assertThat(instance.path("gaps").asLong()).isEqualTo(highest - stored);
        assertThat(instance.path("duplicates").asLong()).isEqualTo(order.size() - stored);
    }

    /** They come without gzip, so a change that can be read is stored as it is: what counts is that nobody else notices. */
    @Test
    void strangeMessagesNeverFailAndSpoilNobodyElsesNumbers() throws Exception {
        Random random = new Random(SEED);
        AgentSender honest = new AgentSender("honest");
        long made = 0;
        List<byte[]> protobuf = OtlpExamples.metrics();
        List<byte[]> json = OtlpExamples.jsonMetrics();
        int refused = 0;
        for (int i = 0; i < STRANGE * ROUNDS; i++) {
            boolean isJson = i % 5 == 0;
            byte[] body = isJson
                    ? new JsonMutator(random).mutate(json.get(random.nextInt(json.size())))
                    : new ProtoMutator(random).mutate(protobuf.get(random.nextInt(protobuf.size())));
            int status = post(body, isJson ? "application/json" : "application/x-protobuf", false, null);
            assertThat(status).as(() -> "number of " + body.length + " bytes").isIn(200, 400, 413);
            refused += status == 200 ? 0 : 1;
            if (i % 100 == 0) {
                honest.sum(Metric.CACHE_GETS, HITS, i).send(dashboard);
                made += i;
            }
        }
        numberedStrangers(random);
        System.out.println(refused + " of " + STRANGE * ROUNDS + " strange requests were refused, the rest stored");
        assertThat(hits("honest&to=" + honest.endMillis())).isEqualTo(made);
        for (JsonNode service : items("/api/v1/services")) {
            readsEverything(service.path("name").asString());
        }
        for (String page :
                List.of("/", "/metrics?service=honest", "/actuator/prometheus", "/api/v1/services", "/health")) {
            assertThat(get(page).statusCode()).as(page).isEqualTo(200);
        }
    }

    /** Their own numbers on changed contents. */
    private void numberedStrangers(Random random) throws Exception {
        for (int i = 0; i < STRANGE / 5 * ROUNDS; i++) {
            AgentSender.Numbered window = OtlpExamples.window(new AgentSender("strange"));
            byte[] body = new ProtoMutator(random).mutate(window.body());
            assertThat(post(body, "application/x-protobuf", false, window.key()))
                    .isIn(200, 400, 413);
        }
    }

    private void readsEverything(String service) throws Exception {
        String name = URLEncoder.encode(service, StandardCharsets.UTF_8);
        for (String list : List.of("routes", "queries", "caches", "pools", "calls", "budgets", "instances")) {
            HttpResponse<String> answer = get("/api/v1/" + list + "?service=" + name);
            assertThat(answer.statusCode())
                    .as(list + " of " + service + ": " + answer.body())
                    .isEqualTo(200);
            assertThat(answer.body().replace(service, "").replaceAll("\"name\":\"[^\"]*\"", ""))
                    .as(list + " of " + service)
                    .doesNotContain("NaN", "Infinity");
        }
    }

    private int post(byte[] body, String type, boolean gzip, @Nullable String key)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(dashboard.url() + "/v1/metrics"))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (gzip) {
            request.header("Content-Encoding", "gzip");
        }
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(dashboard.url() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private List<JsonNode> items(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<JsonNode> items = new ArrayList<>();
        JSON.readTree(answer.body()).path("items").forEach(items::add);
        return items;
    }

    private long hits(String service) throws IOException, InterruptedException {
        return items("/api/v1/caches?service=" + service).stream()
                .mapToLong(cache -> cache.path("hits").asLong())
                .sum();
    }

    private static byte @Nullable [] inflated(byte[] gzip) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return in.readAllBytes();
        } catch (IOException broken) {
            return null;
        }
    }
}
