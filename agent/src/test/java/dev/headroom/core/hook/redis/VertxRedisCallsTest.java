package dev.headroom.core.hook.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import dev.headroom.core.record.Window;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VertxRedisCallsTest {
    private final Recorder recorder = new Recorder(Clock.SYSTEM, 1_000);
    private final VertxRedisCalls calls = new VertxRedisCalls(recorder);
    private final Object connection = new Object();
    private final Object queue = new Object();

    /** As the library's replies: of a type, with a text. */
    public static final class Reply {
        private final String type;
        private final String text;

        Reply(String type, String text) {
            this.type = type;
            this.text = text;
        }

        public Object type() {
            return type;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private void encode(String name, String... arguments) {
        List<byte[]> words = new ArrayList<>();
        for (String argument : arguments) {
            words.add(argument.getBytes(StandardCharsets.UTF_8));
        }
        calls.encoded.enter(new Object(), name, words);
    }

    private void send(Object request, String name, String... arguments) {
        Object token = calls.sent.enter(connection, request, null);
        encode(name, arguments);
        calls.sent.exit(token, null, null);
    }

    private void reply(Reply reply, boolean awaited) {
        Object token = calls.replied.enter(connection, reply, null);
        if (awaited) {
            calls.taken.exit(queue, new Object(), null);
        }
        calls.replied.exit(token, null, null);
    }

    private List<String> recorded(Metric metric, Attribute attribute) {
        return recorder.rotate(0, 1).entries().stream()
                .filter(entry -> entry.metric() == metric)
                .map(Window.Entry::attributes)
                .map(attributes -> attributes.toMap().get(attribute.key()))
                .sorted()
                .toList();
    }

    @Test
    void repliesComeInTheOrderOfTheCommands() {
        send(new Object(), "get", "user:1");
        send(new Object(), "incr", "count:1");
        reply(new Reply("SIMPLE", "x"), true);
        reply(new Reply("ERROR", "WRONGTYPE not a number"), true);

        assertThat(recorder.rotate(0, 1).entries())
                .filteredOn(entry -> entry.metric() == Metric.DB_DURATION)
                .extracting(entry -> entry.attributes().toMap().get(Attribute.DB_OPERATION.key()) + " "
                        + entry.attributes().toMap().get(Attribute.ERROR_TYPE.key()))
                .containsExactlyInAnyOrder("GET null", "INCR WRONGTYPE");
    }

    @Test
    void aReplyThatNobodyWaitsForIsNoneOfACommand() {
        send(new Object(), "get", "user:1");
        reply(new Reply("PUSH", "news"), false);

        assertThat(recorded(Metric.DB_DURATION, Attribute.DB_OPERATION)).isEmpty();
        reply(null, true);
        assertThat(recorded(Metric.CACHE_GETS, Attribute.CACHE_RESULT)).containsExactly("miss");
    }

    @Test
    void aBatchIsOneRoundTrip() {
        Object token = calls.batched.enter(connection, new Object(), null);
        encode("get", "user:1");
        encode("get", "user:2");
        calls.batched.exit(token, null, null);
        reply(null, true);
        reply(null, true);

        assertThat(recorded(Metric.DB_DURATION, Attribute.DB_OPERATION)).containsExactly("PIPELINE");
    }

    @Test
    void whatAConnectionOwesWhenItEndsIsUnanswered() {
        send(new Object(), "get", "user:1");
        calls.closed.enter(connection, null, null);

        assertThat(recorded(Metric.REDIS_UNTIMED, Attribute.ERROR_TYPE)).containsExactly("unanswered");
    }

    @Test
    void aLookupCountsForTheRequestThatAskedWhateverThreadHearsOfIt() {
        RequestScope request = new RequestScope();
        request.begin();
        CallStack.current().serve(request);
        Object command = new Object();
        calls.asked.enter(connection, command, null);
        CallStack.current().leave(request);
        send(command, "get", "user:1");
        reply(null, true);
        request.gather();

        assertThat(request.cacheMisses()).isEqualTo(1);
    }
}
