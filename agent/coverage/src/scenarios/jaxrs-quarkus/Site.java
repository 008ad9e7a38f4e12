import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.jandex.Index;
import org.jboss.jandex.Indexer;
import org.jboss.resteasy.reactive.server.core.reflection.ReflectiveContextInjectedBeanFactory;
import org.jboss.resteasy.reactive.server.processor.ResteasyReactiveDeploymentManager;
import org.jboss.resteasy.reactive.server.spi.DefaultRuntimeConfiguration;
import org.jboss.resteasy.reactive.server.spi.RuntimeConfiguration;
import org.jboss.resteasy.reactive.server.vertx.ResteasyReactiveVertxHandler;
import org.jboss.resteasy.reactive.server.vertx.VertxRequestContextFactory;

/** Quarkus' JAX-RS on Vert.x' server, deployed without Quarkus' build. */
final class Site {
    private static final Vertx VERTX = Vertx.vertx();
    private static final ExecutorService WORKERS = Executors.newFixedThreadPool(2);

    private Site() {}

    static int start() throws Exception {
        ResteasyReactiveDeploymentManager.PreparedApplication prepared = ResteasyReactiveDeploymentManager.start(index())
                .scan()
                .prepare(Site.class.getClassLoader(), ReflectiveContextInjectedBeanFactory.STRING_FACTORY);
        prepared.addScannedSerializers();
        prepared.addBuiltinSerializers();
        ResteasyReactiveDeploymentManager.RunnableApplication application =
                prepared.createApplication(configuration(), new VertxRequestContextFactory(), WORKERS);
        Router router = Router.router(VERTX);
        router.route("/shop/api/*").handler(new ResteasyReactiveVertxHandler(made -> {}, application.getInitialHandler()));
        return VERTX.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    static void stop() {
        VERTX.close();
        WORKERS.shutdown();
    }

    private static Index index() throws IOException {
        Indexer indexer = new Indexer();
        for (Class<?> each : List.of(Root.class, Shop.Items.class, Shop.Parts.class)) {
            try (InputStream bytes = Site.class.getResourceAsStream("/" + each.getName() + ".class")) {
                indexer.index(bytes);
            }
        }
        return indexer.complete();
    }

    /** Its constructor gets more parameters from version to version. */
    private static RuntimeConfiguration configuration() throws ReflectiveOperationException {
        Map<Class<?>, Object> values = Map.of(
                Duration.class, Duration.ofMinutes(1),
                boolean.class, true,
                String.class, System.getProperty("java.io.tmpdir"),
                List.class, List.of(),
                Charset.class, StandardCharsets.UTF_8,
                Optional.class, Optional.empty(),
                OptionalLong.class, OptionalLong.empty(),
                long.class, 2_048L,
                int.class, 1_000);
        Constructor<?> made = DefaultRuntimeConfiguration.class.getConstructors()[0];
        return (RuntimeConfiguration)
                made.newInstance(Arrays.stream(made.getParameterTypes()).map(values::get).toArray());
    }
}
