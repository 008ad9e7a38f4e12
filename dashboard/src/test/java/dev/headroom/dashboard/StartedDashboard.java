package dev.headroom.dashboard;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.StreamSupport;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A dashboard on a free port of loopback with its own store, in this JVM. */
public final class StartedDashboard implements AutoCloseable {
    private final ReactiveWebServerApplicationContext context;
    private final int port;

    private StartedDashboard(ReactiveWebServerApplicationContext context) {
        this.context = context;
        this.port = context.getWebServer().getPort();
    }

    /** @param settings more of them, as {@code --key=value} */
    public static StartedDashboard on(Path store, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("--headroom.store.path=" + store);
        // Given twice, the two would be joined by a comma.
        if (all.stream().noneMatch(setting -> setting.startsWith("--server.port="))) {
            all.add("--server.port=0");
        }
        SpringApplication application = new SpringApplication(DashboardApplication.class);
        application.addInitializers(context -> ((GenericApplicationContext) context)
                .registerBean(ReactorResourceFactory.class, StartedDashboard::ownThreads));
        return new StartedDashboard((ReactiveWebServerApplicationContext) application.run(all.toArray(String[]::new)));
    }

    /**
     * The server's threads. Those that are shared by all in a JVM would end with the first dashboard that stops, and with them every
     * other one's server; and they would wait two seconds for more work.
     */
    private static ReactorResourceFactory ownThreads() {
        ReactorResourceFactory threads = new ReactorResourceFactory();
        threads.setUseGlobalResources(false);
        threads.setShutdownQuietPeriod(Duration.ZERO);
        return threads;
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** A counter or gauge of the dashboard itself, by name and tags; 0 while there is none. */
    public double metric(String name, String... tags) {
        return bean(MeterRegistry.class).find(name).tags(tags).meters().stream()
                .flatMap(meter -> StreamSupport.stream(meter.measure().spliterator(), false))
                .mapToDouble(Measurement::getValue)
                .sum();
    }

    public <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    public WebTestClient client(String... bearer) {
        WebTestClient.Builder client = WebTestClient.bindToServer()
                .responseTimeout(Duration.ofSeconds(30))
                .baseUrl(url())
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(16 << 20));
        if (bearer.length > 0) {
            client.defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + bearer[0]);
        }
        return client.build();
    }

    @Override
    public void close() {
        context.close();
    }
}
