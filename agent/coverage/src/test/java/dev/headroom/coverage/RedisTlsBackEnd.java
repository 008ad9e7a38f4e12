package dev.headroom.coverage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A Redis that speaks TLS at {@code redis.host} and {@code redis.port}, with a certificate made here that the scenario's JVM is told
 * to trust, and lets in {@code redis.user} with {@code redis.password} only. Counts commands by name.
 */
final class RedisTlsBackEnd implements BackEnd {
    private static final String USER = "shop";
    private static final String PASSWORD = "planted-secret";
    private static final String STORE_PASSWORD = "changeit";

    private final Path folder = Files.createTempDirectory("headroom-tls");
    private final Path trust = folder.resolve("trust.p12");
    private final RedisNode node;
    private int tlsPort;

    RedisTlsBackEnd() throws Exception {
        Path own = folder.resolve("own.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "redis",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-validity",
                "30",
                "-keystore",
                own.toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(own)) {
            keys.load(in, STORE_PASSWORD.toCharArray());
        }
        Key key = keys.getKey("redis", STORE_PASSWORD.toCharArray());
        Path certificate = pem("CERTIFICATE", keys.getCertificate("redis").getEncoded());
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                "redis",
                "-file",
                certificate.toString(),
                "-keystore",
                trust.toString());
        Path secret = pem("PRIVATE KEY", key.getEncoded());
        node = RedisNode.start("AUTH harness harness", port -> settings(port, certificate, secret));
    }

    private List<String> settings(int port, Path certificate, Path key) {
        tlsPort = port + RedisNode.NEIGHBOUR;
        return List.of(
                "tls-port " + tlsPort,
                "tls-cert-file " + certificate,
                "tls-key-file " + key,
                "tls-ca-cert-file " + certificate,
                "tls-auth-clients no",
                "user default off",
                "user " + USER + " on >" + PASSWORD + " ~* &* +@all",
                "user harness on >harness ~* &* +@all");
    }

    private Path pem(String kind, byte[] encoded) throws IOException {
        Path file = folder.resolve(kind.replace(' ', '-') + ".pem");
        byte[] newLine = {'\n'};
        return Files.writeString(
                file,
                "-----BEGIN " + kind + "-----\n"
                        + Base64.getMimeEncoder(64, newLine).encodeToString(encoded) + "\n-----END " + kind + "-----\n",
                StandardCharsets.US_ASCII);
    }

    private void keytool(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 5];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        command[arguments.length + 1] = "-storepass";
        command[arguments.length + 2] = STORE_PASSWORD;
        command[arguments.length + 3] = "-storetype";
        command[arguments.length + 4] = "PKCS12";
        Path said = folder.resolve("keytool.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("keytool failed: " + Files.readString(said));
        }
    }

    @Override
    public Map<String, String> fresh() throws IOException {
        node.fresh();
        Map<String, String> properties = new TreeMap<>();
        properties.put("redis.host", "localhost");
        properties.put("redis.port", Integer.toString(tlsPort));
        properties.put("redis.user", USER);
        properties.put("redis.password", PASSWORD);
        properties.put("redis.trust", trust.toString());
        properties.put("javax.net.ssl.trustStore", trust.toString());
        properties.put("javax.net.ssl.trustStorePassword", STORE_PASSWORD);
        properties.put("javax.net.ssl.trustStoreType", "PKCS12");
        return properties;
    }

    @Override
    public Map<String, Long> work() throws IOException {
        Map<String, Long> calls = node.commands(Set.of("info", "config", "ping"));
        calls.computeIfPresent("auth", (command, count) -> count - 1); // The harness logs in too, before it asks.
        return calls;
    }

    @Override
    public void close() throws IOException {
        node.stop();
        for (String each : new String[] {"own.p12", "trust.p12", "keytool.txt", "CERTIFICATE.pem", "PRIVATE-KEY.pem"}) {
            Files.deleteIfExists(folder.resolve(each));
        }
        Files.deleteIfExists(folder);
    }
}
