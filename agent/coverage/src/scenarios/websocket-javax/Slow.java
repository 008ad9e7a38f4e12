import java.util.concurrent.TimeUnit;
import javax.websocket.OnClose;
import javax.websocket.OnMessage;
import javax.websocket.server.ServerEndpoint;

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
