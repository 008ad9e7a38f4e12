import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.WebApplicationException;
import javax.ws.rs.container.AsyncResponse;
import javax.ws.rs.container.Suspended;
import javax.ws.rs.core.Application;
import javax.ws.rs.core.Response;

/** What is sold. */
public class Shop extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(Items.class);
    }

    /** Resources of each kind. */
    @Path("items")
    @Produces("text/plain")
    public static class Items {
        @GET
        public String all() {
            return "all";
        }

        @POST
        public Response make() {
            return Response.status(201).entity("made").build();
        }

        @GET
        @Path("{id: [0-9]+}")
        public String one(@PathParam("id") String id) {
            return "item " + id;
        }

        @Path("{id: [0-9]+}/parts")
        public Parts parts(@PathParam("id") String id) {
            return new Parts(id);
        }

        @GET
        @Path("/later/{n}")
        public void later(@PathParam("n") String number, @Suspended AsyncResponse answer) {
            CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS).execute(() -> answer.resume("later " + number));
        }

        @GET
        @Path("conflict")
        public String conflict() {
            throw new WebApplicationException(409);
        }

        @GET
        @Path("fail")
        public String fail() {
            throw new UnsupportedOperationException("asked for");
        }
    }

    /** Found through another resource. */
    @Produces("text/plain")
    public static class Parts {
        private final String item;

        Parts(String item) {
            this.item = item;
        }

        @GET
        public String all() {
            return "parts of " + item;
        }

        @GET
        @Path("{part: [0-9]+}")
        public String part(@PathParam("part") String part) {
            return "part " + part + " of " + item;
        }
    }
}
