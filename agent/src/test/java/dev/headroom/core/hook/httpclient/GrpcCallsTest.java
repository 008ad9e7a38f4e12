package dev.headroom.core.hook.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.Window;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GrpcCallsTest {
    private final Recorder recorder = new Recorder(Clock.SYSTEM, 1_000);
    private final GrpcCalls calls = new GrpcCalls(new ClientCalls(recorder, "test"), recorder);
    private final Object shared = new Object();
    private final Object call = new Object();

    private void make(String authority) {
        Object token = calls.asked.enter(new Object(), authority, null);
        calls.made.enter(call, shared, null);
        calls.asked.exit(token, call, null);
    }

    private List<Map<String, String>> recorded() {
        return recorder.rotate(0, 1).entries().stream()
                .filter(entry -> entry.metric() == Metric.HTTP_CLIENT_DURATION)
                .map(Window.Entry::attributes)
                .map(attributes -> attributes.toMap())
                .toList();
    }

    @Test
    void aCallIsNamedByItsChannelAndItsMethod() {
        make("orders.example:8443");
        Object token = calls.started.enter(call, shared, "shop.Orders/Get");
        assertThat(token).isSameAs(call);
        calls.answered.enter(call, null, null);
        calls.closed.enter(call, "OK", null);

        assertThat(recorded())
                .singleElement()
                .satisfies(attributes -> assertThat(attributes)
                        .containsEntry(Attribute.SERVER_ADDRESS.key(), "orders.example")
                        .containsEntry(Attribute.SERVER_PORT.key(), "8443")
                        .containsEntry(Attribute.HTTP_METHOD.key(), "POST")
                        .containsEntry(Attribute.HTTP_STATUS.key(), "200")
                        .containsEntry(Attribute.URL_TEMPLATE.key(), "shop.Orders/Get")
                        .doesNotContainKey(Attribute.ERROR_TYPE.key()));
    }

    @Test
    void aFailureIsToldByItsStatusOnce() {
        make("orders.example:8443");
        calls.started.enter(call, shared, "shop.Orders/Get");
        calls.closed.enter(call, "DEADLINE_EXCEEDED", null);
        calls.closed.enter(call, "CANCELLED", null);

        assertThat(recorded())
                .singleElement()
                .satisfies(attributes -> assertThat(attributes)
                        .containsEntry(Attribute.ERROR_TYPE.key(), "DEADLINE_EXCEEDED")
                        .doesNotContainKey(Attribute.HTTP_STATUS.key()));
    }

    @Test
    void callsOfTheLibrarysOwnChannelsAreLeftOut() {
        assertThat(calls.started.enter(call, shared, "grpc.health.v1.Health/Watch"))
                .isNull();
        calls.closed.enter(call, "OK", null);

        assertThat(recorded()).isEmpty();
    }

    @Test
    void aServerMayHaveNoPortOrAnAddressInBrackets() {
        assertThat(new GrpcCalls.Server("orders").host).isEqualTo("orders");
        assertThat(new GrpcCalls.Server("orders").port).isZero();
        assertThat(new GrpcCalls.Server("[::1]:50051").host).isEqualTo("[::1]");
        assertThat(new GrpcCalls.Server("[::1]:50051").port).isEqualTo(50_051);
        assertThat(new GrpcCalls.Server("[::1]").host).isEqualTo("[::1]");
        assertThat(new GrpcCalls.Server("a:99999999999").port).isZero();
    }
}
