import java.io.IOException;
import java.util.Locale;
import javax.websocket.OnClose;
import javax.websocket.OnError;
import javax.websocket.OnMessage;
import javax.websocket.Session;
import javax.websocket.server.ServerEndpoint;

/** Answers in capitals, and bytes as they are; "fail" is an exception. */
@ServerEndpoint("/echo/{room}")
public class Echo {
    @OnMessage
    public String text(String text) {
        if (text.equals("fail")) {
            throw new IllegalStateException("asked for");
        }
        return text.toUpperCase(Locale.ROOT);
    }

    @OnMessage
    public byte[] bytes(byte[] bytes) {
        return bytes;
    }

    /** Tomcat 11 leaves the session open, those before it closed it. */
    @OnError
    public void failed(Session session, Throwable failure) throws IOException {
        session.close();
    }

    @OnClose
    public void closed() {
        Site.closed();
    }
}
