package dev.headroom.core.hook.httpserver;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.record.Recorder;

/**
 * Servlets and filters of {@code jakarta.servlet}: the pattern that a servlet has, the exception that left the outermost one, and
 * requests of containers that no other hook knows.
 */
public final class JakartaServletHook extends Hook {
    private static final String PACKAGE = "jakarta.servlet.";
    private static final String REQUEST = PACKAGE + "ServletRequest";
    private static final String RESPONSE = PACKAGE + "ServletResponse";

    public JakartaServletHook(Recorder recorder) {
        super("servlet-jakarta", "jakarta.servlet", "5 to 6.1");
        ServletRequests requests = new ServletRequests(recorder);
        implementing(PACKAGE + "Servlet")
                .weave(method("service", REQUEST, RESPONSE)
                        .advice(Advices.TIMED_ARGUMENTS)
                        .probe(requests.served));
        implementing(PACKAGE + "Filter")
                .weave(method("doFilter", REQUEST, RESPONSE, PACKAGE + "FilterChain")
                        .advice(Advices.TIMED_ARGUMENTS)
                        .probe(requests.filtered));
    }
}
