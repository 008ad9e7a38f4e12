import java.io.IOException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** A quick page, one of 200 ms, and one that is refused. */
public class Pages extends HttpServlet {
    private static final long serialVersionUID = 1;

    static final String[] PATHS = {"/hello", "/slow", "/refuse"};

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getServletPath();
        if (path.equals("/slow")) {
            try {
                Thread.sleep(200);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
        if (path.equals("/refuse")) {
            response.setStatus(503);
        } else {
            response.getWriter().write(path.substring(1));
        }
    }
}
