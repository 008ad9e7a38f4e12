import javax.ws.rs.ApplicationPath;
import javax.ws.rs.core.Application;

/** Where all resources are served. */
@ApplicationPath("/shop/api")
public class Root extends Application {}
