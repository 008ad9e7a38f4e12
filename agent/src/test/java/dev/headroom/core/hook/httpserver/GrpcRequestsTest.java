package dev.headroom.core.hook.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import dev.headroom.core.record.Window;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GrpcRequestsTest {
    private static final String METHOD = "shop.Orders/Get";

    private final Recorder recorder = new Recorder(Clock.SYSTEM, 1_000);
    private final GrpcRequests requests = new GrpcRequests(recorder);
    private final Object stream = new Object();
    private final Object call = new Object();

    private void arrive() {
        requests.arrived.enter(stream, null, null);
        requests.known.enter(stream, call, METHOD);
    }

    private Map<String, String> only() {
        List<Window.Entry> recorded = recorder.rotate(0, 1).entries().stream()
                .filter(entry -> entry.metric() == Metric.HTTP_SERVER_DURATION)
                .toList();
        assertThat(recorded).hasSize(1);
        assertThat(recorded.get(0).histogram().count()).isEqualTo(1);
        return recorded.get(0).attributes().toMap();
    }

    @Test
    void aCallIsARouteWithItsOwnStatusAndNoScheme() {
        arrive();
        requests.answered.enter(stream, "OK", null);
        requests.closed.enter(stream, "OK", null);

        assertThat(only())
                .containsEntry(Attribute.HTTP_ROUTE.key(), METHOD)
                .containsEntry(Attribute.HTTP_METHOD.key(), "POST")
                .containsEntry(Attribute.HTTP_STATUS.key(), "200")
                .containsEntry(Attribute.RPC_STATUS.key(), "OK")
                .doesNotContainKeys(Attribute.ERROR_TYPE.key(), Attribute.URL_SCHEME.key());
    }

    @Test
    void theClientsMistakeIsNoError() {
        arrive();
        requests.answered.enter(stream, "NOT_FOUND", null);
        requests.closed.enter(stream, "OK", null);

        assertThat(only())
                .containsEntry(Attribute.HTTP_STATUS.key(), "404")
                .containsEntry(Attribute.RPC_STATUS.key(), "NOT_FOUND")
                .doesNotContainKey(Attribute.ERROR_TYPE.key());
    }

    @Test
    void theServersErrorIsToldByItsStatusOrTheExceptionBeneath() {
        arrive();
        requests.answered.enter(stream, "UNAVAILABLE", null);
        requests.closed.enter(stream, "OK", null);
        assertThat(only())
                .containsEntry(Attribute.HTTP_STATUS.key(), "503")
                .containsEntry(Attribute.ERROR_TYPE.key(), "UNAVAILABLE");

        arrive();
        requests.answered.enter(stream, "UNKNOWN", new UnsupportedOperationException());
        requests.closed.enter(stream, "OK", null);
        assertThat(only())
                .containsEntry(Attribute.RPC_STATUS.key(), "UNKNOWN")
                .containsEntry(Attribute.ERROR_TYPE.key(), UnsupportedOperationException.class.getName());
    }

    @Test
    void aClientThatGivesUpIsNoError() {
        arrive();
        requests.closed.enter(stream, "CANCELLED", null);

        assertThat(only())
                .containsEntry(Attribute.HTTP_STATUS.key(), "499")
                .containsEntry(Attribute.ERROR_TYPE.key(), "aborted");
    }

    @Test
    void aDeadlineThatTheServerNoticesIsItsError() {
        arrive();
        requests.closed.enter(stream, "DEADLINE_EXCEEDED", null);

        assertThat(only())
                .containsEntry(Attribute.HTTP_STATUS.key(), "504")
                .containsEntry(Attribute.ERROR_TYPE.key(), "DEADLINE_EXCEEDED");
    }

    @Test
    void whatNoServiceHasIsUnmatched() {
        requests.arrived.enter(stream, null, null);
        requests.answered.enter(stream, "UNIMPLEMENTED", null);
        requests.closed.enter(stream, "OK", null);

        assertThat(only())
                .containsEntry(Attribute.HTTP_ROUTE.key(), Routes.UNMATCHED)
                .containsEntry(Attribute.HTTP_STATUS.key(), "501");
    }

    @Test
    void theThreadWorksForTheCallAndThenForWhatItServedBefore() {
        RequestScope outer = new RequestScope();
        outer.begin();
        CallStack.current().serve(outer);
        arrive();
        Object token = requests.serving.enter(call, null, null);
        CallStack.current().request().statement();
        assertThat(requests.serving.enter(call, null, null)).as("within itself").isNull();
        requests.serving.exit(token, null, null);
        assertThat(CallStack.current().request()).isSameAs(outer);
        CallStack.current().leave(outer);
        requests.answered.enter(stream, "OK", null);
        requests.closed.enter(stream, "OK", null);

        assertThat(outer.statements()).isZero();
        assertThat(recorder.rotate(0, 1).entries())
                .filteredOn(entry -> entry.metric() == Metric.REQUEST_DB_CALLS)
                .singleElement()
                .satisfies(entry -> assertThat(entry.histogram().sum()).isEqualTo(1));
    }

    @Test
    void afterItsEndNothingCountsForIt() {
        arrive();
        requests.closed.enter(stream, "CANCELLED", null);

        assertThat(requests.serving.enter(call, null, null)).isNull();
        requests.closed.enter(stream, "OK", null);
        only();
    }
}
