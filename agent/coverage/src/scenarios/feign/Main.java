import feign.Client;
import feign.Feign;
import feign.FeignException;
import feign.Request;
import feign.RequestLine;
import feign.Response;
import feign.Retryer;
import feign.hc5.ApacheHttp5Client;
import feign.http2client.Http2Client;
import feign.okhttp.OkHttpClient;
import java.util.LinkedHashMap;
import java.util.Map;

/** Feign over each of the clients that it stands on: its calls are those of the client below, each counted once. */
public final class Main {
    private static final String METRIC = "http.client.request.duration";
    private static final int GOOD = 7;

    interface Shop {
        @RequestLine("GET /ok")
        String ok();

        @RequestLine("GET /redirect")
        String redirected();

        @RequestLine("POST /echo")
        String echo(String body);

        @RequestLine("GET /status/404")
        Response missing();

        @RequestLine("GET /status/500")
        String broken();
    }

    private Main() {}

    public static void main(String[] arguments) {
        Map<String, Client> clients = new LinkedHashMap<>();
        clients.put("HttpURLConnection", new Client.Default(null, null));
        clients.put("OkHttp", new OkHttpClient());
        clients.put("Apache HttpClient 5", new ApacheHttp5Client());
        clients.put("JDK HttpClient", new Http2Client());
        clients.forEach(Main::play);
        int all = clients.size();
        Expect.count(METRIC, all * (GOOD + 2));
        Expect.count(METRIC, all * (GOOD - 1), "http.request.method=GET", "http.response.status_code=200", "error.type=");
        Expect.count(METRIC, all, "http.request.method=POST", "http.response.status_code=200", "error.type=");
        Expect.count(METRIC, all, "http.response.status_code=404", "error.type=404");
        Expect.count(METRIC, all, "http.response.status_code=500", "error.type=500");
        Expect.none("http.server.request.duration");
        System.exit(0);
    }

    private static void play(String name, Client client) {
        Shop shop = Feign.builder()
                .client(client)
                .retryer(Retryer.NEVER_RETRY)
                .options(new Request.Options())
                .target(Shop.class, "http://127.0.0.1:" + System.getProperty("http.port"));
        for (int i = 0; i < GOOD - 2; i++) {
            System.out.println(name + " " + shop.ok().length());
        }
        System.out.println(name + " redirected " + shop.redirected().length());
        System.out.println(name + " echo " + shop.echo("hello"));
        try (Response missing = shop.missing()) {
            System.out.println(name + " " + missing.status());
        }
        try {
            System.out.println(shop.broken());
        } catch (FeignException broken) {
            System.out.println(name + " " + broken.status());
        }
    }
}
