package dev.headroom.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {
    @Test
    void readsWhatIsWritten() {
        List<Library> libraries = Catalogue.parse("test", """
                # a remark
                library one
                  artifact a.b:c
                  must
                  hooks jdbc hikari
                  measures counts
                  set x=1
                  run old: 1.0 1.1
                    jdks 17
                  run new+shared: 2.0
                    set x=2
                    with d:e:{version}
                    alone
                  outside 0.9
                library two
                  should
                  absent nobody has it
                """);

        assertThat(libraries).extracting(Library::name).containsExactly("one", "two");
        Library one = libraries.get(0);
        assertThat(one.versions()).containsExactly("1.0", "1.1", "2.0", "0.9");
        assertThat(one.hooks()).containsExactly("jdbc", "hikari");
        assertThat(one.runs().get(0))
                .isEqualTo(new Library.Run(
                        "old",
                        List.of("1.0", "1.1"),
                        List.of(17),
                        List.of(),
                        null,
                        Map.of("x", "1"),
                        List.of(),
                        false));
        assertThat(one.runs().get(1).properties()).containsExactly(Map.entry("x", "2"));
        assertThat(one.coordinates("2.0", one.runs().get(1).with())).containsExactly("a.b:c:2.0", "d:e:2.0");
        assertThat(libraries.get(1).absent()).isEqualTo("nobody has it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "must | test line 1: found \"must\", expected \"library NAME\" first",
                "library x/artifact y | test line 2: found \"y\", expected group:artifact",
                "library x/colour red | test line 2: found \"colour\", expected one of artifact",
                "library x/must/measures y | test line 1: found \"library x without proof\"",
                "library x/run y: 1 | test line 1: found \"library x without priority\"",
                "library x/must/measures m/run y: 1 1 | test line 1: found \"versions [1] twice\"",
                "library x/run y | test line 2: found \"run y\", expected run SCENARIO: versions",
            })
    void tellsTheLineOfAMistake(String text, String message) {
        assertThatThrownBy(() -> Catalogue.parse("test", text.replace('/', '\n')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theCatalogueItselfIsInOrder() {
        assertThat(Catalogue.libraries()).hasSizeGreaterThan(8);
    }
}
