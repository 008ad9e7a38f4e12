package dev.headroom.harmless;

import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import org.jboss.resteasy.mock.MockDispatcherFactory;
import org.jboss.resteasy.mock.MockHttpRequest;
import org.jboss.resteasy.mock.MockHttpResponse;
import org.jboss.resteasy.spi.Dispatcher;

/** RESTEasy without a server: resources, resources of resources, nothing there, exceptions. */
final class JaxRsScenario implements EveryHook.Scenario {
    /** What is asked for. */
    @Path("items")
    public static class Items {
        @GET
        @Path("{id: [0-9]+}")
        public String one(@PathParam("id") int id) {
            if (id == 0) {
                throw new IllegalStateException("none");
            }
            return "item " + id;
        }

        @Path("{id}/parts")
        public Parts parts(@PathParam("id") String id) {
            return new Parts();
        }
    }

    /** Asked for through another resource. */
    public static class Parts {
        @GET
        @Path("{part}")
        public String part(@PathParam("part") String part) {
            return "part " + part;
        }
    }

    @Override
    public void play(Transcript transcript) throws Exception {
        Dispatcher dispatcher = MockDispatcherFactory.createDispatcher();
        dispatcher.getRegistry().addSingletonResource(new Items());
        for (int i = 0; i < EveryHook.TIMES; i++) {
            for (String path : new String[] {"/items/" + (i + 1), "/items/7/parts/" + i, "/items/none", "/items/0"}) {
                transcript.tell(path, () -> {
                    MockHttpResponse answer = new MockHttpResponse();
                    dispatcher.invoke(MockHttpRequest.get(path), answer);
                    return answer.getStatus() + " " + answer.getContentAsString() + answer.getOutputHeaders();
                });
            }
        }
    }
}
