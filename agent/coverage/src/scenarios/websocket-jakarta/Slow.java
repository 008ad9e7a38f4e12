import java.util.concurrent.TimeUnit;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** Takes 200 ms for each message. */
@ServerEndpoint("/slow")
public class Slow {
    @OnMessage
    public String text(String text) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(200);
        return text;
    }

    @OnClose
    public void closed() {
        Site.closed();
    }
}
