import java.util.Locale;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

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

    @OnError
    public void failed(Throwable failure) {
        System.out.println(failure);
    }

    @OnClose
    public void closed() {
        Site.closed();
    }
}
