package dev.headroom.core.hook.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.Window;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockingCallsTest {
    private final Recorder recorder = new Recorder(Clock.SYSTEM, 1_000);
    private final ClientCalls calls = new ClientCalls(recorder, "test");
    private final BlockingCalls blocking = new BlockingCalls(calls);
    private final Object holder = new Object();

    /** A connection that is closed for it may take as long as it likes: whoever cancels meanwhile does not wait. */
    @Test
    void aBodyThatCannotBeReadKeepsNoPlaceUntilItsFailureIsTold() {
        answered();
        blocking.failing.mark(holder, 1);
        blocking.released.mark(holder, 1);
        assertThat(calls.size()).isZero();

        blocking.released.mark(holder, 1);
        blocking.cancelled.mark(holder, 1);
        assertThat(recorded()).isEmpty();

        blocking.failed.exit(holder, null, new SocketException("reset"));
        assertThat(recorded()).singleElement().satisfies(entry -> {
            assertThat(entry.histogram().count()).isEqualTo(1);
            assertThat(entry.attributes().toMap())
                    .containsEntry(Attribute.ERROR_TYPE.key(), "java.net.SocketException")
                    .containsEntry(Attribute.SERVER_ADDRESS.key(), "shop")
                    .containsEntry(Attribute.HTTP_STATUS.key(), "200");
        });
    }

    @Test
    void theNextBodyOfTheSameThreadEndsAsItsOwn() {
        answered();
        blocking.failing.mark(holder, 1);
        blocking.released.mark(holder, 1);
        blocking.failed.exit(holder, null, new SocketException("reset"));
        recorded();

        answered();
        blocking.released.mark(holder, 1);

        assertThat(recorded())
                .singleElement()
                .satisfies(
                        entry -> assertThat(entry.attributes().toMap()).doesNotContainKey(Attribute.ERROR_TYPE.key()));
        assertThat(calls.size()).isZero();
    }

    private void answered() {
        Object call = blocking.called.enter(this, "shop", "GET");
        blocking.acquired.mark(holder, 1);
        blocking.called.mark(call, 200);
        blocking.called.exit(call, null, null);
        assertThat(calls.size()).isEqualTo(1);
    }

    private List<Window.Entry> recorded() {
        return recorder.rotate(0, 1).entries().stream()
                .filter(entry -> entry.metric() == Metric.HTTP_CLIENT_DURATION)
                .toList();
    }
}
