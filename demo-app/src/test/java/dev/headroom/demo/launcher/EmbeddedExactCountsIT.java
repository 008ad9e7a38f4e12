package dev.headroom.demo.launcher;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** On the binaries that come with the build. */
class EmbeddedExactCountsIT extends ExactCountsContract {
    private EmbeddedServers embedded;

    @BeforeEach
    void start(@TempDir Path home) {
        embedded = new EmbeddedServers(home);
    }

    @AfterEach
    void stop() {
        embedded.close();
    }

    @Override
    Servers servers() {
        return embedded.servers();
    }
}
