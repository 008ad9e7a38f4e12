package dev.headroom.core.hook.httpclient;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.record.Recorder;

/**
 * Times calls of Jetty's HTTP client, blocking or not, over every transport, redirects and authentication included: from the call to the
 * end of the reply, before the application hears of it. Jetty 12 moved all types; they are read by the names of their methods.
 */
public final class JettyClientHook extends Hook {
    private static final String EARLY = "org.eclipse.jetty.client.";
    private static final String LATE = "org.eclipse.jetty.client.transport.";

    public JettyClientHook(Recorder recorder) {
        super("jetty-client", "org.eclipse.jetty:jetty-client", "9.4.54 to 12.1");
        JettyClientCalls calls = new JettyClientCalls(new ClientCalls(recorder, name()));
        requests(EARLY, EARLY + "api.Response$CompleteListener", EARLY + "api.Response$ResponseListener", calls);
        requests(LATE, EARLY + "Response$CompleteListener", EARLY + "Response$Listener", calls);
        type(EARLY + "ResponseNotifier")
                .weave(
                        method("notifyHeaders", "java.util.List", EARLY + "api.Response")
                                .advice(Advices.TIMED_ARGUMENTS)
                                .probe(calls.answered),
                        method("notifyComplete", "java.util.List", EARLY + "api.Result")
                                .advice(Advices.TIMED_ARGUMENTS)
                                .probe(calls.completed));
        type(LATE + "ResponseListeners")
                .weave(
                        method("notifyHeaders", EARLY + "Response")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(calls.answered),
                        method("notifyComplete", EARLY + "Result")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(calls.completed),
                        method("emitSuccessComplete", EARLY + "Result")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(calls.completed),
                        method("emitFailureComplete", EARLY + "Result")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(calls.completed));
    }

    private void requests(String where, String completeListener, String listener, JettyClientCalls calls) {
        type(where + "HttpRequest")
                .weave(method("send", completeListener)
                        .needs(where + "HttpRequest", "getConversation")
                        .advice(Advices.TIMED)
                        .probe(calls.asked));
        type(where + "HttpConversation")
                .weave(method("updateResponseListeners", listener)
                        .advice(Advices.TIMED_ARGUMENT)
                        .probe(calls.listening));
    }
}
