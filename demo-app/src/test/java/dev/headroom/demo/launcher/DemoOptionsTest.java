package dev.headroom.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoOptionsTest {
    @Test
    void hasDefaultsThatNeedNoOption() {
        DemoOptions options = DemoOptions.from(name -> null);

        assertThat(options.servicePort()).isEqualTo(8080);
        assertThat(options.dashboardPort()).isEqualTo(4318);
        assertThat(options.duration()).isEmpty();
        assertThat(options.gate()).isFalse();
    }

    @Test
    void readsADurationWithItsUnit() {
        assertThat(DemoOptions.from(Map.of("demo.for", "90s")::get).duration()).contains(Duration.ofSeconds(90));
        assertThat(DemoOptions.from(Map.of("demo.for", "2m")::get).duration()).contains(Duration.ofMinutes(2));
    }

    @Test
    void namesTheOptionAndTheValueThatCannotBeMeant() {
        assertThatThrownBy(() -> DemoOptions.from(Map.of("demo.for", "sixty")::get))
                .hasMessageContaining("-Ddemo.for=sixty")
                .hasMessageContaining("60s");
        assertThatThrownBy(() -> DemoOptions.from(Map.of("demo.port", "80800")::get))
                .hasMessageContaining("-Ddemo.port=80800")
                .hasMessageContaining("65535");
        assertThatThrownBy(() -> DemoOptions.from(Map.of("demo.gate", "yes")::get))
                .hasMessageContaining("true or false");
    }

    @Test
    void aTakenPortIsAMessageThatNamesItsOption() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Ports.require(taken.getLocalPort(), "the demo service", "demo.port"))
                    .isInstanceOf(DemoFailure.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " is taken")
                    .hasMessageContaining("-Ddemo.port=");
        }
    }
}
