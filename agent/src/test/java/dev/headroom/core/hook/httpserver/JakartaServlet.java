package dev.headroom.core.hook.httpserver;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers, fails or takes its time, as the query says. */
public final class JakartaServlet extends HttpServlet {
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
