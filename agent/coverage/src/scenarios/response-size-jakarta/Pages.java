import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Bodies as the application makes them. */
public class Pages extends HttpServlet {
    private static final long serialVersionUID = 1;

    static final String[] PATHS = {"/words", "/picture", "/zipped", "/tagged", "/dated", "/secret", "/empty"};

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = new byte[Main.LARGE];
        Arrays.fill(body, (byte) 'a');
        switch (request.getServletPath()) {
            case "/words":
                response.setContentType("application/json");
                break;
            case "/picture":
                response.setContentType("image/png");
                break;
            case "/zipped":
                response.setContentType("text/plain");
                response.setHeader("Content-Encoding", "gzip");
                ByteArrayOutputStream zipped = new ByteArrayOutputStream();
                try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
                    zip.write(body);
                }
                body = zipped.toByteArray();
                break;
            case "/tagged":
                response.setHeader("ETag", "\"a\"");
                break;
            case "/dated":
                response.setDateHeader("Last-Modified", 1_700_000_000_000L);
                break;
            case "/secret":
                response.setHeader("Cache-Control", "private, no-store");
                break;
            default:
                response.setStatus(204);
                return;
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
