import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;

public final class Main extends HttpCalls {
    public static void main(String[] arguments) throws Exception {
        new Main().run();
    }

    @Override
    String call(String method, String url, String body) throws Exception {
        HttpURLConnection connection = open(url);
        connection.setRequestMethod(method);
        if (body != null) {
            connection.setDoOutput(true);
            connection.getOutputStream().write(body.getBytes("UTF-8"));
        }
        return read(connection);
    }

    private static HttpURLConnection open(String url) throws IOException {
        return (HttpURLConnection) URI.create(url).toURL().openConnection();
    }

    private static String read(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return status + " " + (body == null ? 0 : body.readAllBytes().length);
        }
    }

    @Override
    String callWithTimeout(String url) throws Exception {
        HttpURLConnection connection = open(url);
        connection.setReadTimeout(300);
        return read(connection);
    }

    @Override
    int leave(String url) throws Exception {
        HttpURLConnection connection = open(url);
        int status = connection.getResponseCode();
        connection.getInputStream().close();
        return status;
    }

    /** It takes the end of the connection for that of the body. */
    @Override
    boolean seesCut() {
        return false;
    }

    @Override
    boolean untilBody() {
        return false;
    }
}
