package dev.headroom.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.dashboard.access.MachineKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS by a bundle of PEM files, as SECURITY.md says it. */
class TlsIT {
    @TempDir
    static Path keys;

    private static TestCertificate certificate;

    @TempDir
    Path directory;

    @BeforeAll
    static void makeACertificate() throws Exception {
        certificate = TestCertificate.in(keys);
    }

    private StartedDashboard encrypted() {
        return StartedDashboard.on(
                directory,
                "--spring.ssl.bundle.pem.web.keystore.certificate=" + certificate.file(),
                "--spring.ssl.bundle.pem.web.keystore.private-key=" + certificate.key(),
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
            HttpClient client =
                    HttpClient.newBuilder().sslContext(certificate.context()).build();
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
