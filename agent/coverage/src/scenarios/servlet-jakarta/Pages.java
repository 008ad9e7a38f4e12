import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** The pages as one servlet that is mapped to each of {@link #PATHS}. */
public final class Pages extends HttpServlet {
    static final String[] PATHS = {
        "/hello", "/refuse", "/fail", "/slow", "/later", "/events", "/endless", "/work"
    };

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        switch (request.getServletPath()) {
            case "/hello":
                response.setStatus(request.getMethod().equals("POST") ? 201 : 200);
                response.getWriter().print("hello");
                break;
            case "/refuse":
                response.sendError(503);
                break;
            case "/fail":
                throw new ServletException(new UnsupportedOperationException("asked for"));
            case "/slow":
                Page.pause(200);
                response.getWriter().print("slow");
                break;
            case "/later":
                later(request, response);
                break;
            case "/events":
                events(request, response);
                break;
            case "/endless":
                endless(response);
                break;
            default:
                response.getWriter().print(Page.work());
        }
    }

    private static Object complete(AsyncContext later) throws IOException {
        later.getResponse().getWriter().print("later");
        later.complete();
        return null;
    }

    /** Comes back to a thread of the server, where embedding it allows that: Tomcat 7 cannot by itself. */
    private static void later(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getAttribute("again") != null) {
            response.getWriter().print("later");
            return;
        }
        request.setAttribute("again", true);
        AsyncContext later = request.startAsync();
        if (Boolean.parseBoolean(System.getProperty("site.dispatch", "true"))) {
            Page.LATER.schedule(() -> later.dispatch(), 200, TimeUnit.MILLISECONDS);
        } else {
            Page.LATER.schedule(() -> complete(later), 200, TimeUnit.MILLISECONDS);
        }
    }

    /** Written and ended by another thread. */
    private static void events(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/event-stream");
        AsyncContext later = request.startAsync();
        Page.LATER.submit(() -> {
            for (int i = 1; i <= 3; i++) {
                later.getResponse().getWriter().print("data: " + i + "\n\n");
                later.getResponse().flushBuffer();
                Page.pause(30);
            }
            later.complete();
            return null;
        });
    }

    private static void endless(HttpServletResponse response) throws IOException {
        try {
            OutputStream out = response.getOutputStream();
            while (true) {
                out.write(Page.LINE);
                out.flush();
                Page.pause(1);
            }
        } finally {
            Page.giveUp();
        }
    }
}
