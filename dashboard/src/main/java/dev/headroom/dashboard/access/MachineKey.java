package dev.headroom.dashboard.access;

import dev.headroom.dashboard.DashboardProperties;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.stereotype.Component;

/**
 * Lets the command line of this machine speak to the running dashboard: a file in the store's directory that its owner alone may
 * read, with the address and a key that holds until the dashboard stops. Whoever may read that directory has the store anyway.
 * Thread-safe.
 */
@Component
public final class MachineKey implements ApplicationListener<ReactiveWebServerInitializedEvent>, DisposableBean {
    /** In the store's directory: three lines, address, key, SHA-256 of the certificate or nothing. */
    public static final String FILE = "machine.key";

    private static final Logger LOG = LoggerFactory.getLogger(MachineKey.class);
    private static final int KEY_BYTES = 32;

    private final Path file;
    private final ServerProperties server;
    private final SslBundles bundles;
    private final String key;
    private final MasterToken accepted;

    MachineKey(DashboardProperties properties, ServerProperties server, SslBundles bundles) {
        this.file = properties.store().path().resolve(FILE);
        this.server = server;
        this.bundles = bundles;
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        this.key = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        this.accepted = new MasterToken(key);
    }

    boolean accepts(String presented) {
        return accepted.accepts(presented);
    }

    @Override
    public void onApplicationEvent(ReactiveWebServerInitializedEvent started) {
        if (started.getApplicationContext().getServerNamespace() != null) {
            return;
        }
        Ssl ssl = server.getSsl();
        boolean encrypted = ssl != null && Ssl.isEnabled(ssl);
        String text = (encrypted ? "https" : "http") + "://" + host() + ":"
                + started.getWebServer().getPort() + "\n" + key + "\n" + (encrypted ? certificate(ssl) : "") + "\n";
        try {
            Files.deleteIfExists(file);
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(file, text);
        } catch (IOException e) {
            LOG.warn("The command line cannot reach this dashboard while it runs: {}", e.toString());
        }
    }

    private String host() {
        InetAddress address = server.getAddress();
        if (address == null || address.isAnyLocalAddress()) {
            return "127.0.0.1";
        }
        return address.getHostAddress().contains(":") ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
    }

    /** What the command line compares instead of names and issuers: it wants this very process. */
    private String certificate(@Nullable Ssl ssl) {
        try {
            String bundle = ssl == null ? null : ssl.getBundle();
            KeyStore keys = bundle == null
                    ? null
                    : bundles.getBundle(bundle).getStores().getKeyStore();
            if (keys == null) {
                return "";
            }
            for (String alias : Collections.list(keys.aliases())) {
                Certificate certificate = keys.getCertificate(alias);
                if (keys.isKeyEntry(alias) && certificate != null) {
                    return HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
                }
            }
        } catch (GeneralSecurityException | NoSuchSslBundleException e) {
            LOG.warn("The command line cannot know this dashboard's certificate: {}", e.toString());
        }
        return "";
    }

    @Override
    public void destroy() throws IOException {
        if (Files.exists(file) && Files.readString(file, StandardCharsets.UTF_8).contains(key)) {
            Files.delete(file);
        }
    }
}
