import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.HttpStatusCodeException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestTemplate;

/** RestTemplate over each of the clients named: the same calls with templates, and some without. */
public final class Main {
    private static final String METRIC = "http.client.request.duration";
    private static final String PACKAGE = "org.springframework.http.client.";

    private static final String BASE = "http://127.0.0.1:" + System.getProperty("http.port");
    private static final Map<String, Integer> REFUSED = new LinkedHashMap<>();

    public static void main(String[] arguments) throws Exception {
        String[] factories = System.getProperty("rest.factories").split(",");
        for (String factory : factories) {
            visit(new RestTemplate((ClientHttpRequestFactory)
                    Class.forName(PACKAGE + factory).getConstructor().newInstance()));
        }
        int clients = factories.length;
        Expect.count(METRIC, 4 * clients, "url.template=/items/{id}", "http.request.method=GET", "error.type=");
        Expect.count(METRIC, clients, "url.template=/items/{id}/parts", "http.response.status_code=200");
        Expect.count(METRIC, clients, "url.template=/shelves/{name}", "server.port=" + System.getProperty("http.port"));
        Expect.count(METRIC, clients, "url.template=/status/{code}", "error.type=404");
        Expect.count(METRIC, clients, "url.template=/status/{code}", "error.type=500");
        Expect.count(METRIC, 4 * clients, "url.template=");
        Expect.count(METRIC, clients, "url.template=", "http.request.method=POST");
        REFUSED.forEach(
                (type, count) -> Expect.count(METRIC, count, "url.template=/items/{id}", "error.type=" + type));
        Expect.count(METRIC, 13 * clients);
        System.exit(0);
    }

    private static void visit(RestTemplate rest) throws Exception {
        for (int i = 0; i < 3; i++) {
            System.out.println(rest.getForObject(BASE + "/items/{id}", String.class, i));
        }
        System.out.println(rest.getForObject(BASE + "/items/{id}/parts?size={size}", String.class, 7, "xl"));
        System.out.println(
                rest.getForObject(BASE + "/shelves/{name}", String.class, Collections.singletonMap("name", "a b")));
        // What has no variable may be put together by the application.
        System.out.println(rest.getForObject(BASE + "/items/" + 17, String.class));
        System.out.println(rest.getForObject(URI.create(BASE + "/items/18"), String.class));
        System.out.println(rest.postForObject(BASE + "/echo", "hello", String.class));
        for (int status : new int[] {404, 500}) {
            try {
                System.out.println(rest.getForObject(BASE + "/status/{code}", String.class, status));
            } catch (HttpStatusCodeException answered) {
                System.out.println(answered.getMessage());
            }
        }
        // A call within a call has its own template, or none.
        RestTemplate guarded = new RestTemplate(rest.getRequestFactory());
        guarded.setInterceptors(Collections.singletonList((request, body, execution) -> {
            System.out.println("login " + rest.getForObject(URI.create(BASE + "/login"), String.class));
            return execution.execute(request, body);
        }));
        System.out.println(guarded.getForObject(BASE + "/items/{id}", String.class, 19));
        try {
            System.out.println(rest.getForObject("http://127.0.0.1:" + nobody() + "/items/{id}", String.class, 1));
        } catch (ResourceAccessException refused) {
            String type = refused.getCause().getClass().getName();
            System.out.println(type);
            REFUSED.merge(type, 1, Integer::sum);
        }
    }

    private static int nobody() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
