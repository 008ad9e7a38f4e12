package dev.headroom.core.hook.httpserver;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.record.Recorder;

/**
 * Servlets and filters of {@code javax.servlet}: the pattern that a servlet has, the exception that left the outermost one, and
 * requests of containers that no other hook knows. The class {@code HttpServlet} is named, since classes
 * of {@code javax} are passed over otherwise.
 */
public final class JavaxServletHook extends Hook {
    private static final String PACKAGE = "javax.servlet.";
    private static final String REQUEST = PACKAGE + "ServletRequest";
    private static final String RESPONSE = PACKAGE + "ServletResponse";

    public JavaxServletHook(Recorder recorder) {
        super("servlet-javax", "javax.servlet", "3.0 to 4");
        ServletRequests requests = new ServletRequests(recorder);
        type(PACKAGE + "http.HttpServlet")
                .weave(method("service", REQUEST, RESPONSE)
                        .advice(Advices.TIMED_ARGUMENTS)
                        .probe(requests.served));
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
