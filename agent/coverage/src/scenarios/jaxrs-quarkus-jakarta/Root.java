import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Where all resources are served. */
@ApplicationPath("/shop/api")
public class Root extends Application {}
