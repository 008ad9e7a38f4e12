package dev.headroom.dashboard.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** README.md and the code say the same about other senders' names. When this fails, copy what it expected into README.md. */
class StockTablesTest {
    @Test
    void theReadmeNamesEveryMetricAndAttributeThatIsTaken() throws IOException {
        assertThat(Files.readString(Path.of("README.md")))
                .contains(String.join("\n", StockNames.table()))
                .contains(String.join("\n", StockAttributes.table()));
    }
}
