package dev.headroom.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.harness.Jdk;
import dev.headroom.harness.NotRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every library of the catalogue in its oldest and newest version, with {@code -Pmatrix} in all of them, each in JVMs of its own.
 * {@code -Dcoverage.only=PART,PART} runs the libraries whose name contains one of them, {@code -Dcoverage.jdks=17,25} on these JDKs.
 */
class CoverageIT {
    static final Path TABLE = Path.of("..", "COVERAGE.md");

    /** Twice as many as a small machine has cores: half of a cell's time it waits for late replies. */
    private static final int AT_ONCE = 4;

    private static final List<Integer> BUILD_JDKS = List.of(17);
    private static final List<Integer> MATRIX_JDKS = List.of(17, 25);

    private static final boolean MATRIX = Boolean.getBoolean("coverage.matrix");
    private static final String ONLY = System.getProperty("coverage.only", "").toLowerCase(Locale.ROOT);

    private static final String ONLY_JDKS = System.getProperty("coverage.jdks", "");

    /** Cells that need not run again when others failed and are tried once more. */
    private static final List<Cell> PASSED = new ArrayList<>();

    private static ExecutorService threads;
    private static BackEnds backEnds;
    private static CellRun run;
    private static KeptResults kept;

    @BeforeAll
    static void start() throws IOException {
        threads = Executors.newFixedThreadPool(AT_ONCE);
        MavenJars jars = new MavenJars();
        backEnds = new BackEnds(jars);
        run = new CellRun(jars, backEnds);
        kept = MATRIX ? new KeptResults() : null;
    }

    @AfterAll
    static void stop() throws Exception {
        threads.shutdownNow();
        backEnds.close();
        if (MATRIX) {
            writeTable();
        }
    }

    /** A part that has passed keeps what the table says of the others; one that failed, or was cut short, says nothing of the rest. */
    private static void writeTable() throws IOException {
        boolean part = Files.exists(TABLE) && !(ONLY.isEmpty() && ONLY_JDKS.isEmpty());
        if (part && !PASSED.containsAll(cells())) {
            System.out.println("kept " + TABLE.normalize() + " as it is: not every cell of this part passed");
            return;
        }
        Map<String, Set<Integer>> passed = part ? CoverageTable.jdks(Files.readString(TABLE)) : new TreeMap<>();
        passed().forEach((name, jdks) ->
                passed.computeIfAbsent(name, absent -> new TreeSet<>()).addAll(jdks));
        Files.writeString(TABLE, CoverageTable.of(Catalogue.libraries(), passed));
    }

    /** By library: the JDKs on which all its cells passed. */
    private static Map<String, Set<Integer>> passed() throws IOException {
        Map<String, Set<Integer>> passed = new TreeMap<>();
        List<Cell> all = cells();
        for (Cell cell : all) {
            passed.computeIfAbsent(cell.library().name(), name -> new TreeSet<>())
                    .add(cell.jdk().feature());
        }
        for (Cell cell : all) {
            if (!PASSED.contains(cell)) {
                passed.get(cell.library().name()).remove(cell.jdk().feature());
            }
        }
        return passed;
    }

    @TestFactory
    Stream<DynamicTest> everyCell() throws IOException {
        List<Cell> cells = cells();
        assertThat(cells)
                .as("cells of the libraries named like \"" + ONLY + "\" in " + Catalogue.FILE)
                .isNotEmpty();
        Map<Cell, CompletableFuture<Void>> running = new LinkedHashMap<>();
        for (Cell cell : cells) {
            if (!alone(cell)) {
                running.put(cell, CompletableFuture.runAsync(() -> checkOnce(cell), threads));
            }
        }
        return Stream.concat(
                running.entrySet().stream()
                        .map(each -> DynamicTest.dynamicTest(each.getKey().toString(), () -> await(each.getValue()))),
                cells.stream()
                        .filter(CoverageIT::alone)
                        .map(cell -> DynamicTest.dynamicTest(cell.toString(), () -> checkOnce(cell))));
    }

    private static void checkOnce(Cell cell) {
        synchronized (PASSED) {
            if (PASSED.contains(cell)) {
                return;
            }
        }
        check(cell);
    }

    /** Times are proved by the matrix; a build that has them beside other work saves minutes. */
    private static boolean alone(Cell cell) {
        return MATRIX && cell.run().alone();
    }

    private static void await(CompletableFuture<Void> running) throws Throwable {
        try {
            running.get();
        } catch (ExecutionException failed) {
            throw failed.getCause();
        }
    }

    private static void check(Cell cell) {
        long begin = System.nanoTime();
        boolean passed = false;
        try {
            if (kept == null) {
                run.check(cell);
            } else {
                kept.orRun(cell, run);
            }
            passed = true;
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new AssertionError(cell + ": " + failed, failed);
        } finally {
            System.out.printf(
                    Locale.ROOT,
                    "%s %s, %.1f s%n",
                    passed ? "passed" : "FAILED",
                    cell,
                    (System.nanoTime() - begin) / 1e9);
        }
        synchronized (PASSED) {
            PASSED.add(cell);
        }
    }

    private static boolean wanted(String name) {
        return Arrays.stream(ONLY.split(",")).anyMatch(name::contains);
    }

    private static List<Cell> cells() throws IOException {
        List<Jdk> jdks = jdks();
        List<Cell> cells = new ArrayList<>();
        for (Library library : Catalogue.libraries()) {
            List<String> versions = library.runVersions();
            if (wanted(library.name().toLowerCase(Locale.ROOT))) {
                for (Library.Run each : library.runs()) {
                    for (String version : each.versions()) {
                        boolean edge =
                                version.equals(versions.get(0)) || version.equals(versions.get(versions.size() - 1));
                        for (Jdk jdk : jdks) {
                            boolean fits = each.jdks().isEmpty() || each.jdks().contains(jdk.feature());
                            if (fits && (MATRIX || edge)) {
                                cells.add(new Cell(library, each, version, jdk));
                            }
                        }
                    }
                }
            }
        }
        return cells;
    }

    /** The wanted ones; instead of a missing 17 the JDK that runs this build. */
    private static List<Jdk> jdks() throws IOException {
        List<Integer> wanted = ONLY_JDKS.isEmpty()
                ? (MATRIX ? MATRIX_JDKS : BUILD_JDKS)
                : Arrays.stream(ONLY_JDKS.split(",")).map(Integer::valueOf).toList();
        List<Jdk> found = new ArrayList<>();
        for (int version : wanted) {
            List<Jdk> there =
                    Jdk.all().stream().filter(jdk -> jdk.feature() == version).toList();
            found.addAll(there);
            if (there.isEmpty()) {
                NotRun.because("CoverageIT: JDK " + version + " is not on this machine (.ci/jdks fetches it)");
            }
        }
        if (found.isEmpty()) {
            int building = Runtime.version().feature();
            found.addAll(
                    Jdk.all().stream().filter(jdk -> jdk.feature() == building).toList());
        }
        return found;
    }
}
