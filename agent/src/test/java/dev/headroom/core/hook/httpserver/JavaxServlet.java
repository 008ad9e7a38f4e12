package dev.headroom.core.hook.httpserver;

import java.io.IOException;
import javax.servlet.AsyncContext;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Answers, fails or takes its time, as the query says. */
public final class JavaxServlet extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String wanted = String.valueOf(request.getQueryString());
        if (wanted.equals("throw")) {
            throw new ServletException(new UnsupportedOperationException("asked for"));
        } else if (wanted.equals("refuse")) {
            response.sendError(503);
        } else if (wanted.equals("later") && request.getAttribute("again") == null) {
            request.setAttribute("again", true);
            AsyncContext later = request.startAsync();
            Thread thread = new Thread(() -> {
                try {
                    Thread.sleep(150);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
                later.dispatch();
            });
            thread.start();
        } else {
            response.setStatus(200);
        }
    }
}
