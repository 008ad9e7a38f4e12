package dev.headroom.core.hook.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Recorder;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UrlTemplatesTest {
    private final UrlTemplates thread = UrlTemplates.current();
    private final Recorder recorder = new Recorder(Clock.SYSTEM, 1_000);
    private final ClientCalls calls = new ClientCalls(recorder, "test");

    @AfterEach
    void leaveNothing() {
        CallStack.current().abandon();
    }

    private List<String> recordedTemplates() {
        List<String> templates = new ArrayList<>();
        recorder.rotate(0, 1).entries().stream()
                .filter(entry -> entry.metric() == Metric.HTTP_CLIENT_DURATION)
                .forEach(entry -> templates.add(entry.attributes().get(Attribute.URL_TEMPLATE)));
        return templates;
    }

    @Test
    void theInnermostTemplateCounts() {
        assertThat(thread.enter("/orders/{id}")).isTrue();
        assertThat(thread.enter(null)).isTrue();
        assertThat(UrlTemplates.now()).isNull();
        thread.leave();
        assertThat(UrlTemplates.now()).isEqualTo("/orders/{id}");
        thread.leave();
        assertThat(UrlTemplates.now()).isNull();
    }

    @Test
    void whatIsTooDeepIsNotEntered() {
        for (int i = 0; i < 8; i++) {
            assertThat(thread.enter("/deep/{" + i + "}")).isTrue();
        }
        assertThat(thread.enter("/deeper/{x}")).isFalse();
        assertThat(UrlTemplates.now()).isEqualTo("/deep/{7}");
    }

    @Test
    void aFailureOfTheAgentsForgetsWhatWasOpen() {
        thread.enter("/orders/{id}");
        CallStack.current().abandon();
        assertThat(UrlTemplates.now()).isNull();
    }

    @Test
    void aCallKeepsTheTemplateItBeganUnder() {
        Object key = new Object();
        thread.enter("/orders/{id}");
        calls.begin(key, "shop", "GET");
        thread.leave();
        calls.headers(key, 200);
        calls.end(key, null);
        assertThat(recordedTemplates()).containsExactly("/orders/{id}");
    }

    @Test
    void aRequestTellsItsTemplateWhileItIsWritten() {
        Object key = new Object();
        calls.begin(key, "shop", "GET");
        thread.writing(calls, key);
        thread.written("/orders/{id}", URI.create("http://shop/orders/17"));
        thread.written();
        calls.end(key, null);
        assertThat(recordedTemplates()).containsExactly("/orders/{id}");
        assertThat(thread.of(URI.create("http://shop/orders/17"))).isNull();
    }

    @Test
    void aRequestWrittenBeforeItsCallIsKnownByItsUriOnce() {
        URI uri = URI.create("http://shop/orders/17");
        thread.written("/orders/{id}", uri);
        assertThat(thread.of(URI.create("http://shop/orders/17"))).as("another").isNull();
        assertThat(thread.of(uri)).isEqualTo("/orders/{id}");
        assertThat(thread.of(uri)).isNull();
    }

    @Test
    void ofTooManyTemplatesOfAHostTheLaterAreNotToldApart() {
        for (int i = 0; i < Peers.MAX_TEMPLATES + 2; i++) {
            thread.enter("/customers/" + i + "/{x}");
            Object key = new Object();
            calls.begin(key, "shop", "GET");
            calls.end(key, null);
            thread.leave();
        }
        List<String> templates = recordedTemplates();
        assertThat(templates).hasSize(Peers.MAX_TEMPLATES + 1).containsOnlyOnce((String) null);
    }
}
