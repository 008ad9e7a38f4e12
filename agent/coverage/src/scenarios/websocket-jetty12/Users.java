import org.eclipse.jetty.security.AuthenticationState;
import org.eclipse.jetty.security.UserIdentity;
import org.eclipse.jetty.security.authentication.LoginAuthenticator;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Users are who they say. */
final class Users extends Handler.Wrapper {
    Users(Handler handler) {
        super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String user = Request.extractQueryParameters(request).getValue("user");
        if (user != null) {
            AuthenticationState.setAuthenticationState(
                    request,
                    new LoginAuthenticator.UserAuthenticationSucceeded("asked", UserIdentity.from(null, () -> user)));
        }
        return super.handle(request, response, callback);
    }
}
