import java.net.URI;
import java.util.Map;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.client.HttpStatusCodeException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** RestClient and an interface of HTTP calls over three clients: the same calls with templates, and some without. */
public final class Main {
    private static final String METRIC = "http.client.request.duration";
    private static final String BASE = "http://127.0.0.1:" + System.getProperty("http.port");

    /** Calls as methods. */
    public interface Shelves {
        @GetExchange("/shelves/{name}")
        String shelf(@PathVariable("name") String name);
    }

    public static void main(String[] arguments) {
        ClientHttpRequestFactory[] factories = {
            new SimpleClientHttpRequestFactory(),
            new JdkClientHttpRequestFactory(),
            new HttpComponentsClientHttpRequestFactory()
        };
        for (ClientHttpRequestFactory factory : factories) {
            visit(RestClient.builder().baseUrl(BASE).requestFactory(factory).build());
        }
        int clients = factories.length;
        Expect.count(METRIC, 4 * clients, "url.template=/items/{id}", "http.request.method=GET", "error.type=");
        Expect.count(METRIC, 2 * clients, "url.template=/shelves/{name}", "http.response.status_code=200");
        Expect.count(METRIC, clients, "url.template=/status/{code}", "error.type=404");
        Expect.count(METRIC, clients, "url.template=/status/{code}", "error.type=500");
        Expect.count(METRIC, 2 * clients, "url.template=");
        Expect.count(METRIC, 10 * clients);
        System.exit(0);
    }

    private static void visit(RestClient client) {
        for (int i = 0; i < 3; i++) {
            System.out.println(client.get().uri("/items/{id}", i).retrieve().body(String.class));
        }
        String answer = client.get()
                .uri("/items/{id}?size={size}", Map.of("id", 7, "size", "xl"))
                .exchange((request, response) -> response.getStatusCode() + " " + response.bodyTo(String.class));
        System.out.println(answer);
        System.out.println(client.get()
                .uri("/shelves/{name}", builder -> builder.build("a b"))
                .retrieve()
                .body(String.class));
        System.out.println(HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                .build()
                .createClient(Shelves.class)
                .shelf("upper"));
        System.out.println(client.get().uri(URI.create(BASE + "/items/18")).retrieve().body(String.class));
        System.out.println(client.post().uri("/echo").body("hello").retrieve().body(String.class));
        for (int status : new int[] {404, 500}) {
            try {
                System.out.println(client.get().uri("/status/{code}", status).retrieve().body(String.class));
            } catch (HttpStatusCodeException answered) {
                System.out.println(answered.getStatusCode());
            }
        }
    }
}
