package dev.headroom.core.hook.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.harness.AppUnderTest;
import dev.headroom.harness.LocalWeaving;
import io.undertow.Undertow;
import io.undertow.util.Headers;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What answers of Undertow say of themselves. */
class UndertowAnswersIT {
    private static final List<Path> JARS = Stream.of(
                    "undertow-core-2.2.37.Final",
                    "xnio-api-3.8.16.Final",
                    "xnio-nio-3.8.16.Final",
                    "jboss-logging-3.4.3.Final",
                    "jboss-threads-3.1.0.Final",
                    "wildfly-common-1.5.4.Final",
                    "wildfly-client-config-1.0.1.Final")
            .map(name -> Path.of("target/libraries", name + ".jar"))
            .toList();

    private static Map<?, ?> answers(boolean wanted) throws Exception {
        try (LocalWeaving weaving = LocalWeaving.of(JARS, List.of(UndertowHook::new))) {
            weaving.recorder().answersTell(wanted);
            Map<?, ?> answers = (Map<?, ?>) weaving.run(Asked.class);
            weaving.assertUnharmed();
            return answers;
        }
    }

    @Test
    void sayWhereTheTimeWentUnlessOthersMayGetThem() throws Exception {
        Map<?, ?> answers = answers(true);
        assertThat(answers.get("/text").toString()).matches("200 total;dur=\\d+\\.\\d \\d+\\.\\dms");
        assertThat(answers.get("/empty").toString()).matches("204 total;dur=\\d+\\.\\d \\d+\\.\\dms");
        assertThat(answers.get("/cacheable")).isEqualTo("200 null null");
    }

    @Test
    void sayNothingWhenNobodyAskedForIt() throws Exception {
        assertThat(answers(false).get("/text")).isEqualTo("200 null null");
    }

    static class Asked implements AppUnderTest {
        @Override
        public Object run() throws Exception {
            Undertow server = Undertow.builder()
                    .addHttpListener(0, "127.0.0.1")
                    .setHandler(exchange -> {
                        switch (exchange.getRequestPath()) {
                            case "/empty" -> exchange.setStatusCode(204).endExchange();
                            case "/cacheable" -> {
                                exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "public, max-age=60");
                                exchange.getResponseSender().send("for all");
                            }
                            default -> exchange.getResponseSender().send("for one");
                        }
                    })
                    .build();
            server.start();
            try {
                int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
                Map<String, String> answers = new TreeMap<>();
                for (String path : List.of("/text", "/empty", "/cacheable")) {
                    answers.put(path, answer(URI.create("http://127.0.0.1:" + port + path)));
                }
                return answers;
            } finally {
                server.stop();
            }
        }

        private static String answer(URI address) throws Exception {
            HttpURLConnection asked = (HttpURLConnection) address.toURL().openConnection();
            try {
                return asked.getResponseCode() + " " + asked.getHeaderField("Server-Timing") + " "
                        + asked.getHeaderField("X-Response-Time");
            } finally {
                asked.disconnect();
            }
        }
    }
}
