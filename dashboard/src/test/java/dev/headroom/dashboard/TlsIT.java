package dev.headroom.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.dashboard.access.MachineKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS by a bundle of PEM files, as SECURITY.md says it. */
class TlsIT {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path keys;

    @TempDir
    Path directory;

    private static SSLContext trusting;

    @BeforeAll
    static void makeACertificate() throws Exception {
        Path store = keys.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore loaded = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            loaded.load(in, PASSWORD);
        }
        Key key = loaded.getKey("server", PASSWORD);
        Certificate certificate = loaded.getCertificate("server");
        pem("server.key", "PRIVATE KEY", key.getEncoded());
        pem("server.crt", "CERTIFICATE", certificate.getEncoded());
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("server", certificate);
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trust);
        trusting = SSLContext.getInstance("TLS");
        trusting.init(null, managers.getTrustManagers(), null);
    }

    private static void pem(String file, String type, byte[] der) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(
                keys.resolve(file), "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
    }

    private StartedDashboard encrypted() {
        return StartedDashboard.on(
                directory,
                "--spring.ssl.bundle.pem.web.keystore.certificate=" + keys.resolve("server.crt"),
                "--spring.ssl.bundle.pem.web.keystore.private-key=" + keys.resolve("server.key"),
                "--server.ssl.bundle=web",
                "--headroom.token=master-secret");
    }

    private static HttpResponse<String> get(HttpClient client, String url, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void onlyHttpsIsSpokenAndSaysSoForTheNextTime() throws Exception {
        try (StartedDashboard dashboard = encrypted()) {
            String url = "https://localhost:" + dashboard.port();
            HttpClient client = HttpClient.newBuilder().sslContext(trusting).build();
            HttpResponse<String> page = get(client, url + "/", "Authorization", "Bearer master-secret");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Strict-Transport-Security")).isPresent();
            assertThat(page.body()).doesNotContain("http://localhost").doesNotContain("src=\"http:");
            HttpResponse<String> entered = get(client, url + "/?token=master-secret");
            assertThat(entered.headers().firstValue("Set-Cookie").orElseThrow()).contains("Secure");

            assertThatThrownBy(() -> get(HttpClient.newHttpClient(), url + "/")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> get(HttpClient.newHttpClient(), "http://localhost:" + dashboard.port() + "/"))
                    .isInstanceOf(IOException.class);
            assertThat(Files.readAllLines(directory.resolve(MachineKey.FILE)))
                    .first()
                    .asString()
                    .startsWith("https://127.0.0.1:");
            assertThat(Files.readAllLines(directory.resolve(MachineKey.FILE)).get(2))
                    .hasSize(64);
        }
    }
}
