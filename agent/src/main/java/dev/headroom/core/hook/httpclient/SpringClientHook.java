package dev.headroom.core.hook.httpclient;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.record.Recorder;
import java.net.URI;
import java.util.Map;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * Tells by which URL template Spring's {@code RestTemplate}, {@code RestClient} and {@code WebClient} were called, and so interfaces of
 * {@code @HttpExchange} on top of them. Times and counts nothing: the client below does.
 */
public final class SpringClientHook extends Hook {
    private static final String REST_TEMPLATE = "org.springframework.web.client.RestTemplate";
    private static final String REST_CLIENT =
            "org.springframework.web.client.DefaultRestClient$DefaultRequestBodyUriSpec";
    private static final String WEB_REQUEST =
            "org.springframework.web.reactive.function.client.DefaultClientRequestBuilder$BodyInserterRequest";
    private static final String HTTP_METHOD = "org.springframework.http.HttpMethod";
    private static final String CALLBACK = "org.springframework.web.client.RequestCallback";
    private static final String EXTRACTOR = "org.springframework.web.client.ResponseExtractor";
    private static final String TEXT = "java.lang.String";

    /** @param recorder not needed: templates are kept with the calls of the clients below */
    public SpringClientHook(Recorder recorder) {
        super("spring-client", "org.springframework:spring-web, org.springframework:spring-webflux", "3.2 to 7");
        TemplatePaths paths = new TemplatePaths();
        Probe called = new Called(paths);
        type(REST_TEMPLATE)
                .weave(
                        method("execute", TEXT, HTTP_METHOD, CALLBACK, EXTRACTOR, "java.lang.Object[]")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(called),
                        method("execute", TEXT, HTTP_METHOD, CALLBACK, EXTRACTOR, "java.util.Map")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(called),
                        method("execute", "java.net.URI", HTTP_METHOD, CALLBACK, EXTRACTOR)
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(called));
        type(REST_CLIENT)
                .weave(anyMethod("exchangeInternal")
                        .needs(REST_CLIENT, "attributes")
                        .advice(nested("Exchanged"))
                        .probe(called));
        type(WEB_REQUEST)
                .weave(anyMethod("writeTo")
                        .needs(WEB_REQUEST, "attributes")
                        .needs(WEB_REQUEST, "url")
                        .advice(nested("Written"))
                        .probe(new Wrote(paths)));
    }

    static final class Exchanged {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter(
                @HookId int hook, @Advice.This Object call, @Advice.FieldValue("attributes") Map<?, ?> attributes) {
            Object template =
                    attributes == null ? null : attributes.get("org.springframework.web.client.RestClient.uriTemplate");
            return HeadroomBridge.live.enter(hook, call, template, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.Enter Object token) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, null, null);
            }
        }
    }

    static final class Written {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook,
                @Advice.FieldValue("attributes") Map<?, ?> attributes,
                @Advice.FieldValue("url") URI url) {
            if (attributes != null) {
                Object template =
                        attributes.get("org.springframework.web.reactive.function.client.WebClient.uriTemplate");
                HeadroomBridge.live.enter(hook, url, template, null);
            }
        }
    }

    /** A client's whole call, on the thread that makes it; the template is the first argument, if that is text. */
    private static final class Called extends Probe {
        private final TemplatePaths paths;

        Called(TemplatePaths paths) {
            this.paths = paths;
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            UrlTemplates thread = UrlTemplates.current();
            return thread.enter(a instanceof String ? paths.of((String) a) : null) ? thread : null;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            ((UrlTemplates) token).leave();
        }
    }

    /** A reactive request is about to be written: its URI, then the template. */
    private static final class Wrote extends Probe {
        private final TemplatePaths paths;

        Wrote(TemplatePaths paths) {
            this.paths = paths;
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            UrlTemplates.current().written(a instanceof String ? paths.of((String) a) : null, self);
            return null;
        }
    }
}
