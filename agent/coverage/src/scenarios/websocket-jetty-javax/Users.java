import java.io.IOException;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.security.DefaultUserIdentity;
import org.eclipse.jetty.security.UserAuthentication;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.HandlerWrapper;

/** Users are who they say. */
final class Users extends HandlerWrapper {
    Users(Handler handler) {
        setHandler(handler);
    }

    @Override
    public void handle(String target, Request request, HttpServletRequest asked, HttpServletResponse response)
            throws IOException, ServletException {
        String user = request.getParameter("user");
        if (user != null) {
            request.setAuthentication(
                    new UserAuthentication("asked", new DefaultUserIdentity(null, () -> user, new String[0])));
        }
        super.handle(target, request, asked, response);
    }
}
