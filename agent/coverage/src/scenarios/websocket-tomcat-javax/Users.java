import java.io.IOException;
import javax.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Users are who they say. */
final class Users extends ValveBase {
    Users() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        String user = request.getParameter("user");
        if (user != null) {
            request.setUserPrincipal(() -> user);
        }
        getNext().invoke(request, response);
    }
}
