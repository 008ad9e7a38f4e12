package dev.headroom.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What guide 001 says of WebSockets and of uploads: messages in tens, five connections a user, ten megabytes. */
class MessagesIT {
    private static final int POLICY_VIOLATION = 1008;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void messagesComeOneByOneOrInTensAndAUserHasFiveConnections(@TempDir Path home) throws Exception {
        try (EmbeddedServers servers = new EmbeddedServers(home.resolve("data"));
                OutsideServer outside = new OutsideServer();
                GuideService clinic = new GuideService(
                        GuideSystem.CLINIC,
                        home,
                        new Neighbours(
                                servers.servers().jdbcUrl(),
                                "postgres",
                                "postgres",
                                servers.servers().redis(),
                                outside.address()))) {
            Line single = Line.open(http, clinic.address(), "/naive/ws?user=1");
            assertThat(single.say(3)).containsExactly("M0", "M1", "M2");

            Line batched = Line.open(http, clinic.address(), "/optimised/ws?user=1");
            List<String> frames = batched.say(25);
            assertThat(String.join("\n", frames)).isEqualTo(messages(25));
            assertThat(frames).allSatisfy(frame -> assertThat(frame.split("\n")).hasSizeLessThanOrEqualTo(10));
            assertThat(frames).as("in tens where they come fast enough").hasSizeLessThan(25);

            List<Line> more = new ArrayList<>(List.of(batched));
            while (more.size() < 5) {
                more.add(Line.open(http, clinic.address(), "/optimised/ws?user=1"));
            }
            assertThat(more).allSatisfy(line -> assertThat(line.closed).isNotDone());
            Line sixth = Line.open(http, clinic.address(), "/optimised/ws?user=1");
            assertThat(sixth.closed.get(30, TimeUnit.SECONDS)).isEqualTo(POLICY_VIOLATION);
            Line other = Line.open(http, clinic.address(), "/optimised/ws?user=2");
            assertThat(other.say(1)).containsExactly("M0");

            assertThat(upload(clinic.address().resolve("/optimised/documents"), 3 << 20))
                    .isEqualTo(3 << 20);
            assertThat(upload(clinic.address().resolve("/naive/documents"), 3 << 20))
                    .isEqualTo(3 << 20);
            assertThat(upload(clinic.address().resolve("/optimised/documents"), 12 << 20))
                    .as("more than the guide's ten megabytes")
                    .isNegative();
        }
    }

    private static String messages(int number) {
        return IntStream.range(0, number).mapToObj(each -> "M" + each).collect(Collectors.joining("\n"));
    }

    /** The size that the service stored; a negative number where it refused. */
    private long upload(URI address, int bytes) throws Exception {
        String begin = String.join(
                "\r\n",
                "--part",
                "Content-Disposition: form-data; name=\"file\"; filename=\"scan.pdf\"",
                "Content-Type: application/pdf",
                "",
                "");
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "multipart/form-data; boundary=part")
                .POST(BodyPublishers.ofByteArrays(List.of(
                        begin.getBytes(StandardCharsets.UTF_8),
                        new byte[bytes],
                        "\r\n--part--\r\n".getBytes(StandardCharsets.UTF_8))))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? new JsonMapper().readTree(answer.body()).path("size").asLong()
                    : -answer.statusCode();
        } catch (IOException hungUp) {
            return -1; // the service reads no more of what it refuses
        }
    }

    /** One open WebSocket. */
    private static final class Line implements WebSocket.Listener {
        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();
        private WebSocket socket;

        static Line open(HttpClient http, URI service, String path) throws Exception {
            Line line = new Line();
            URI address = URI.create("ws://127.0.0.1:" + service.getPort() + path);
            line.socket = http.newWebSocketBuilder().buildAsync(address, line).get(30, TimeUnit.SECONDS);
            return line;
        }

        /** Sends so many messages and returns the frames in which all answers came. */
        List<String> say(int messages) throws Exception {
            for (int i = 0; i < messages; i++) {
                socket.sendText("m" + i, true).get(30, TimeUnit.SECONDS);
            }
            List<String> all = new ArrayList<>();
            for (int answered = 0; answered < messages; ) {
                String frame = frames.poll(30, TimeUnit.SECONDS);
                assertThat(frame).as("after " + all).isNotNull();
                all.add(frame);
                answered += frame.split("\n").length;
            }
            return all;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                frames.add(part.toString());
                part.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            closed.complete(status);
            return null;
        }
    }
}
