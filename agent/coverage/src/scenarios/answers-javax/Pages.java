import java.io.IOException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** The pages as one servlet that is mapped to each of {@link #PATHS}. */
public final class Pages extends HttpServlet {
    static final String[] PATHS = {"/text", "/empty", "/cacheable", "/pieces"};

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getServletPath()) {
            case "/empty":
                response.setStatus(204);
                break;
            case "/pieces":
                for (int i = 0; i < 3; i++) {
                    response.getOutputStream().write(Page.LINE);
                    response.flushBuffer();
                }
                break;
            case "/cacheable":
                response.setHeader("Cache-Control", "public, max-age=60");
                response.getWriter().print("for all");
                break;
            default:
                response.getWriter().print("for one");
        }
    }
}
