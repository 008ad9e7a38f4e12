package dev.headroom.core.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:4318, 127.0.0.1, 4318, /v1/metrics, http://127.0.0.1:4318",
        "http://dash:4318/v1/metrics, dash, 4318, /v1/metrics, http://dash:4318",
        "https://dash.example/headroom/, dash.example, 443, /headroom/v1/metrics, https://dash.example/headroom",
        "HTTP://[::1]:4318/, ::1, 4318, /v1/metrics, http://[::1]:4318"
    })
    void readsAddresses(String address, String host, int port, String path, String printed) {
        Endpoint endpoint = Endpoint.parse(address);

        assertThat(endpoint.host()).isEqualTo(host);
        assertThat(endpoint.port()).isEqualTo(port);
        assertThat(endpoint.path(OtlpSender.METRICS_PATH)).isEqualTo(path);
        assertThat(endpoint).hasToString(printed);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:4318", "ftp://dash", "http://", "http://a b", "dash"})
    void saysWhatIsWrongWithAnAddress(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.parse(address))
                .withMessageStartingWith("\"" + address + "\" is no dashboard address: ")
                .withMessageEndingWith("; expected for example http://127.0.0.1:4318");
    }

    @Test
    void namesItsPortOnlyWhenItIsNotTheUsualOne() {
        assertThat(Endpoint.parse("http://dash:80").authority()).isEqualTo("dash");
    }
}
