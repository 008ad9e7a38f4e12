package dev.headroom.dashboard.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of headroom-junit, as it wrote it for a test with an N+1, is one of the dashboard's results. */
class KeptResultTest {
    private static final String KEPT = "src/test/resources/headroom-junit.json";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    private int check(String... arguments) {
        return new CheckCommand(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(errors, true, StandardCharsets.UTF_8))
                .run(List.of(arguments));
    }

    @Test
    void isJudgedAndPrintedLikeAnyOther() throws Exception {
        int exit = check("check", KEPT, "--report", "html,junit,md", "--out", folder.toString());

        assertThat(exit).as(errors.toString(StandardCharsets.UTF_8)).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("t-queries", "FAIL", "OrderTest.listsOrders");
        assertThat(Files.readString(folder.resolve("performance.html"))).contains("t-queries", "OrderTest.listsOrders");
        assertThat(Files.readString(folder.resolve("performance.md"))).contains("t-queries");
        assertThat(Files.readString(folder.resolve("TEST-headroom.xml"))).contains("failure");
    }

    @Test
    void anotherFileIsRefusedWithWhatIsExpected() throws Exception {
        Path other = Files.writeString(folder.resolve("other.json"), "[1]");

        assertThat(check("check", other.toString())).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .contains("which holds no result", "expected the JSON report of headroom-junit or of an earlier check");
        assertThat(check("check", folder.resolve("none.json").toString())).isEqualTo(4);
    }
}
