package dev.headroom.secrets;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * The application and its visitors in one JVM. The system properties {@code secrets.jdbc} and {@code secrets.redis} say where its
 * servers are; the file given lists every mark that was used, once all is done. Goes on until it is told to end.
 */
public final class SecretsProgram {
    private SecretsProgram() {}

    public static void main(String[] arguments) throws Exception {
        Path marks = Path.of(arguments[0]);
        int port = tomcat(Files.createTempDirectory("tomcat"));
        visit(port);
        Statements alone = new Statements(System.getProperty("secrets.jdbc"));
        alone.logins();
        alone.run("SELECT pg_sleep(0.4), '" + Marks.token("slow-outside") + "'");
        new Commands(URI.create(System.getProperty("secrets.redis"))).jedis();
        StringBuilder list = new StringBuilder();
        for (Map.Entry<String, String> each : Marks.all().entrySet()) {
            list.append(each.getKey()).append('\t').append(each.getValue()).append('\n');
        }
        Path written = marks.resolveSibling("marks.part");
        Files.writeString(written, list);
        Files.move(written, marks);
    }

    private static int tomcat(Path folder) throws Exception {
        AnnotationConfigWebApplicationContext application = new AnnotationConfigWebApplicationContext();
        application.register(Pages.Wiring.class);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "pages", new DispatcherServlet(application)).setLoadOnStartup(1);
        context.addServletMappingDecoded("/", "pages");
        tomcat.start();
        return tomcat.getConnector().getLocalPort();
    }

    private static void visit(int port) throws IOException {
        List<String> targets = List.of(
                "/accounts/" + Marks.token("path-variable"),
                "/accounts/" + Marks.digits("path-digits"),
                "/accounts/" + Marks.email("path-email").replace("@", "%40"),
                "/accounts/x?iban=" + Marks.token("query") + "&" + Marks.token("query-name") + "=1",
                "/accounts/x;id=" + Marks.token("matrix"),
                "/accounts/x;jsessionid=" + Marks.hex("session-in-path"),
                "/nowhere/" + Marks.token("unmatched-path"),
                "/nowhere/" + Marks.uuidText("unmatched-uuid") + "/" + Marks.token("unmatched-deep"),
                "/" + Marks.token("unmatched-root"),
                "/" + Marks.token("unmatched-file") + ".png",
                "/accounts/%2e%2e/" + Marks.token("dotted"),
                "http://keeper:" + Marks.token("absolute-userinfo") + "@x/accounts/" + Marks.token("absolute-path"),
                "/work/literals",
                "/work/parameters",
                "/work/redis",
                "/work/calls/" + Marks.token("handed-on"),
                "/work/loop?for=" + Marks.token("loop-query"),
                "/work/thread",
                "/fail/plain",
                "/fail/nested",
                "/fail/suppressed",
                "/fail/described",
                "/fail/database");
        for (String target : targets) {
            request(port, "GET", target, "");
        }
        request(port, "POST", "/accounts", "{\"password\":\"" + Marks.token("body") + "\"}");
        request(port, "POST", "/accounts?token=" + Marks.token("post-query"), "password=" + Marks.token("form"));
        request(port, Marks.token("method").toUpperCase(java.util.Locale.ROOT), "/accounts/x", "");
        request(port, "PUT", "/accounts/" + Marks.token("not-allowed"), Marks.token("refused-body"));
    }

    private static void request(int port, String method, String target, String body) throws IOException {
        String login = "keeper:" + Marks.token("basic-password");
        String request = method + " " + target + " HTTP/1.1\r\nHost: "
                + Marks.token("host").toLowerCase(java.util.Locale.ROOT)
                + ".example.org\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + "Cookie: id=" + Marks.token("cookie") + "; " + Marks.token("cookie-name") + "=1\r\n"
                + "Authorization: Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8))
                + "\r\n"
                + "X-Api-Key: " + Marks.token("header") + "\r\n" + Marks.token("header-name") + ": 1\r\n"
                + "User-Agent: " + Marks.token("user-agent") + "\r\n"
                + "Referer: https://example.org/?t=" + Marks.token("referer") + "\r\n"
                + "X-Forwarded-For: " + Marks.token("forwarded-for") + "\r\n"
                + "Accept-Language: " + Marks.token("language") + "\r\n"
                + "traceparent: 00-" + Marks.token("traceparent") + "-b7ad6b7169203331-01\r\n"
                + "tracestate: a=" + Marks.token("tracestate") + "\r\n"
                + "baggage: user=" + Marks.email("baggage") + "\r\n"
                + "X-B3-TraceId: " + Marks.hex("b3") + "\r\n"
                + "X-Request-Id: " + Marks.uuidText("request-id") + "\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            System.out.println(answer.length() > 12 ? answer.substring(9, 12) : "no answer");
        }
    }
}
