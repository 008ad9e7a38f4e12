package dev.headroom.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CoverageTableTest {
    @Test
    void tellsWhatPassedWhatWasOnlyCheckedAndWhatIsAbsent() {
        List<Library> libraries = Catalogue.parse("test", """
                library one
                  must
                  artifact a:b
                  measures counts
                  run x: 1 2
                library two
                  should
                  artifact c:d
                  measures sizes
                  check its server cannot be had: 3
                library three
                  should
                  absent nobody has it
                """);

        assertThat(CoverageTable.of(libraries, Map.of("one", new TreeSet<>(List.of(17, 25)))))
                .contains(
                        "| one (`a:b`) | 1, 2 | 17, 25 | counts |  |\n",
                        "| two (`c:d`) |  |  | sizes | 3: its server cannot be had |\n",
                        "| three | nobody has it |\n");
    }

    @Test
    void readsItsOwnJdks() {
        List<Library> libraries = Catalogue.parse("test", """
                library one (with brackets)
                  must
                  artifact a:b
                  measures counts
                  run x: 1 2
                library two
                  should
                  artifact c:d
                  measures sizes
                  check its server cannot be had: 3
                library three
                  should
                  absent nobody has it
                """);
        Map<String, Set<Integer>> passed = Map.of("one (with brackets)", new TreeSet<>(List.of(17, 25)));

        assertThat(CoverageTable.jdks(CoverageTable.of(libraries, passed))).isEqualTo(passed);
    }

    /** The JDKs stand there as they were when the matrix ran; all else has to be the catalogue's. */
    @Test
    void theCommittedTableNamesTheCatalogue() throws IOException {
        String committed = Files.readString(CoverageIT.TABLE);

        assertThat(withoutJdks(committed))
                .as("run mvn verify -Pmatrix, which writes " + CoverageIT.TABLE.normalize())
                .isEqualTo(withoutJdks(CoverageTable.of(Catalogue.libraries(), Map.of())));
        assertThat(committed.lines().filter(line -> line.matches("\\| [^|]+ \\| [^|]*\\w[^|]* \\|  \\|.*")))
                .as("libraries that did not pass on any JDK when the table was written")
                .isEmpty();
    }

    private static String withoutJdks(String table) {
        return table.replaceAll("\\| ((17|21|25)(, )?)+ \\|", "|  |");
    }
}
