package dev.headroom.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.harness.AgentRun;
import dev.headroom.harness.MetricsSink;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the application lets go of, the agent does not keep: class loaders of web applications, statements, connections, requests. */
class RedeployIT {
    private static final int DEPLOYMENTS = 50;
    private static final int REQUESTS = 3;

    @TempDir
    private Path folder;

    @Test
    void nothingOfFiftyRedeploymentsIsKept() throws Exception {
        webApplication();
        AgentRun.Result result = AgentRun.of(Redeploying.class)
                .withJars(List.of(
                        Unharmed.library("tomcat-embed-core-9.0.98"),
                        Unharmed.library("tomcat-annotations-api-9.0.98"),
                        Unharmed.library("slf4j-api-2.0.17")))
                .withJvmOptions("-Xmx256m", "-XX:TieredStopAtLevel=1")
                .withLimitSeconds(300)
                .withAgent()
                .run(folder.toString());
        assertThat(result.exitCode()).as(result.errors()).isZero();
        assertThat(result.output()).isEqualTo("served 150\nloaders left 0\nobjects left 0\n");
        assertThat(result.errors().lines().filter(line -> line.contains("Headroom")))
                .isEmpty();
        assertThat(result.count(Metric.HTTP_SERVER_DURATION)).isEqualTo(DEPLOYMENTS * REQUESTS);
        assertThat(result.count(Metric.POOL_WAIT)).isEqualTo(DEPLOYMENTS * (REQUESTS + 1));
        assertThat(result.count(Metric.DB_DURATION)).isEqualTo(DEPLOYMENTS * (REQUESTS * 3 + 1));
        assertThat(result.points(Metric.AGENT_FAILURES)).isEmpty();
    }

    /** WEB-INF with the servlet, H2 and the pool, as a war has them. */
    private void webApplication() throws IOException {
        Path classes =
                Path.of("target", "test-classes", "dev", "headroom", "harmless").toAbsolutePath();
        Path target = Files.createDirectories(folder.resolve("WEB-INF/classes/dev/headroom/harmless"));
        try (Stream<Path> all = Files.list(classes)) {
            for (Path file : (Iterable<Path>)
                    all.filter(each -> each.getFileName().toString().startsWith("ShopServlet"))::iterator) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
        Path lib = Files.createDirectories(folder.resolve("WEB-INF/lib"));
        for (String name : new String[] {"h2-2.5.252", "HikariCP-4.0.3"}) {
            Files.copy(Unharmed.library(name), lib.resolve(name + ".jar"));
        }
    }

    /** Deploys, asks and undeploys, then looks for what is left. */
    static final class Redeploying {
        /** Objects of these are gone when their application is. */
        private static final String[] DROPPED = {"org.h2.jdbc.", "com.zaxxer.hikari.pool.", "ShopServlet"};

        private static final long LIMIT_NANOS = 40_000_000_000L;

        public static void main(String[] arguments) {
            try {
                redeploy(arguments[0]);
                System.exit(0);
            } catch (Exception | AssertionError failed) {
                failed.printStackTrace();
                System.exit(1); // Tomcat's threads would go on.
            }
        }

        private static void redeploy(String folder) throws Exception {
            LogManager.getLogManager().reset();
            Tomcat tomcat = new Tomcat();
            tomcat.setBaseDir(Files.createTempDirectory("redeploy").toString());
            tomcat.setPort(0);
            tomcat.getConnector().setProperty("address", "127.0.0.1");
            tomcat.start();
            List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
            int served = 0;
            for (int i = 0; i < DEPLOYMENTS; i++) {
                served += deployed(tomcat, folder, loaders);
            }
            System.out.println("served " + served);
            // Windows pass, so that the agent forgets what is gone.
            MetricsSink.awaitBatches(3);
            long end = System.nanoTime() + LIMIT_NANOS;
            long left = loaders.size();
            while (left > 0 && System.nanoTime() < end) {
                System.gc();
                left = loaders.stream().filter(loader -> loader.get() != null).count();
            }
            System.out.println("loaders left " + left);
            System.out.println("objects left " + objects());
            tomcat.stop();
        }

        private static int deployed(Tomcat tomcat, String folder, List<WeakReference<ClassLoader>> loaders)
                throws Exception {
            StandardContext context = new StandardContext();
            context.setPath("/shop");
            context.setDocBase(folder);
            context.addLifecycleListener(new Tomcat.FixContextListener());
            // The servlet's class must come from WEB-INF, not from the program's class path.
            context.setParentClassLoader(new WithoutShop());
            Tomcat.addServlet(context, "shop", "dev.headroom.harmless.ShopServlet");
            context.addServletMappingDecoded("/*", "shop");
            tomcat.getHost().addChild(context);
            loaders.add(new WeakReference<>(context.getLoader().getClassLoader()));
            int served = 0;
            for (int i = 0; i < REQUESTS; i++) {
                served += ask(tomcat.getConnector().getLocalPort());
            }
            tomcat.getHost().removeChild(context);
            return served;
        }

        private static int ask(int port) throws IOException {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                socket.getOutputStream()
                        .write("GET /shop/pets HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (!answer.startsWith("HTTP/1.1 200") || !answer.contains("from WEB-INF")) {
                    throw new AssertionError(answer);
                }
                return 1;
            }
        }

        /** Live objects of the classes that should be gone, after a collection. */
        private static long objects() throws Exception {
            String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            long left = 0;
            for (String line : histogram.split("\n")) {
                for (String dropped : DROPPED) {
                    if (line.contains(dropped)) {
                        System.out.println(line.toLowerCase(Locale.ROOT));
                        left++;
                    }
                }
            }
            return left;
        }
    }

    /** The program's class path, but for the web application's own classes. */
    private static final class WithoutShop extends ClassLoader {
        WithoutShop() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("javax.servlet.") || name.startsWith("org.apache.") || name.startsWith("org.slf4j.")) {
                return RedeployIT.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }

        @Override
        public URL getResource(String name) {
            return super.getResource(name);
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            return name.startsWith("javax/servlet/") || name.startsWith("org/slf4j/")
                    ? RedeployIT.class.getClassLoader().getResourceAsStream(name)
                    : super.getResourceAsStream(name);
        }
    }
}
