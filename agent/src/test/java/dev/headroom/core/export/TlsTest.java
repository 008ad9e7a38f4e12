package dev.headroom.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A JVM of its own sends over TLS: it trusts what its standard properties say, and nobody else. */
@Timeout(120)
class TlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path directory;

    @Test
    void sendsToAServerWhoseCertificateIsInTheTrustStoreAndToNoOther() throws Exception {
        Path known = selfSigned("known", "ip:127.0.0.1,dns:localhost");
        Path elsewhere = selfSigned("elsewhere", "dns:dashboard.example");
        AtomicInteger posts = new AtomicInteger();
        HttpsServer server = server(known, posts);
        HttpsServer other = server(elsewhere, posts);
        try {
            assertThat(sent(server, known)).isEqualTo("ACCEPTED ");
            assertThat(posts).hasValue(1);
            assertThat(sent(server, elsewhere)).startsWith("RETRY SSLHandshakeException");
            assertThat(sent(other, elsewhere))
                    .as("trusted, but another host's")
                    .startsWith("RETRY SSLHandshakeException");
            assertThat(posts).hasValue(1);
        } finally {
            server.stop(0);
            other.stop(0);
        }
    }

    private Path selfSigned(String name, String names) throws Exception {
        Path store = directory.resolve(name + ".p12");
        run(List.of(
                tool("keytool"),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + names,
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
        return store;
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private static HttpsServer server(Path store, AtomicInteger posts) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/v1/metrics", exchange -> {
            exchange.getRequestBody().readAllBytes();
            posts.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** What became of one attempt by a JVM with that trust store. */
    private static String sent(HttpsServer server, Path trusted) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                tool("java"),
                "-Djavax.net.ssl.trustStore=" + trusted,
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                TlsTest.class.getName(),
                "https://127.0.0.1:" + server.getAddress().getPort()));
        return run(command);
    }

    private static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(new File("target/tls-test.log")))
                .start();
        String last = "";
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                last = line;
            }
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
        return last;
    }

    /** The sending JVM: one attempt to send one batch. */
    public static void main(String[] arguments) {
        Map<String, String> headers = new LinkedHashMap<>();
        HttpConnection connection = new HttpConnection(Endpoint.parse(arguments[0]), 5_000, 20_000, () -> {});
        OtlpSender sender = new OtlpSender(
                connection, dev.headroom.core.record.Clock.SYSTEM, "id-1", 5_000, "headroom-agent/test", headers);
        Outcome outcome = sender.send(OtlpSender.Signal.METRICS, new Batch(1, new byte[] {1, 2, 3}, 3, 1), false);
        new PrintStream(System.out, true, StandardCharsets.UTF_8).println(outcome.fate() + " " + outcome.reason());
        sender.close();
    }
}
