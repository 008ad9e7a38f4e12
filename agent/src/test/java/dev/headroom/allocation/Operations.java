package dev.headroom.allocation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.cache.CacheBuilder;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.springframework.cache.concurrent.ConcurrentMapCache;
import redis.clients.jedis.Jedis;

/** One operation of each library whose recording must be free, ready to be repeated. */
final class Operations {
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);

    private Operations() {}

    static Map<String, Callable<?>> all(int redisPort) throws Exception {
        Map<String, Callable<?>> all = new LinkedHashMap<>();
        Connection connection = DriverManager.getConnection("jdbc:h2:mem:allocation");
        Statement statement = connection.createStatement();
        statement.execute("create table pet (id int primary key, name varchar(20))");
        statement.execute("insert into pet values (1, 'Leo')");
        PreparedStatement prepared = connection.prepareStatement("select name from pet where id = ?");
        all.put("Statement", () -> rows(statement.executeQuery("select name from pet where id = 1")));
        all.put("PreparedStatement", () -> {
            prepared.setInt(1, 1);
            return rows(prepared.executeQuery());
        });
        Jedis jedis = new Jedis("127.0.0.1", redisPort);
        jedis.set("user:1", "x");
        all.put("Jedis", () -> jedis.get("user:1"));
        StatefulRedisConnection<String, String> lettuce =
                RedisClient.create(RedisURI.create("127.0.0.1", redisPort)).connect();
        all.put("Lettuce", () -> waitedFor(lettuce.async().get("user:1")));
        Cache<String, String> caffeine = Caffeine.newBuilder().maximumSize(10).build();
        caffeine.put("user:1", "x");
        all.put("Caffeine", () -> caffeine.getIfPresent("user:1"));
        com.google.common.cache.Cache<String, String> guava =
                CacheBuilder.newBuilder().maximumSize(10).build();
        guava.put("user:1", "x");
        all.put("Guava cache", () -> guava.getIfPresent("user:1"));
        ConcurrentMapCache spring = new ConcurrentMapCache("users");
        spring.put("user:1", "x");
        all.put("Spring Cache", () -> spring.get("user:1"));
        int tomcat = tomcat(connection);
        all.put("servlet request", request(tomcat, "/plain"));
        all.put("servlet request with a statement", request(tomcat, "/work"));
        all.put("JDK HTTP client", call(answeringServer()));
        all.put("Apache HttpClient 5", apache(answeringServer()));
        all.put("OkHttp", okHttp(answeringServer()));
        return all;
    }

    private static int rows(ResultSet rows) throws SQLException {
        int count = 0;
        while (rows.next()) {
            count++;
        }
        rows.close();
        return count;
    }

    /** As its synchronous calls wait, but for the parking: whether that needs an object is a matter of timing. */
    private static String waitedFor(RedisFuture<String> command) {
        while (!command.isDone()) {
            Thread.yield();
        }
        return LettuceFutures.awaitOrCancel(command, 10, TimeUnit.SECONDS);
    }

    private static int tomcat(Connection connection) throws Exception {
        Tomcat tomcat = new Tomcat();
        String folder = Files.createTempDirectory("tomcat").toString();
        tomcat.setBaseDir(folder);
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
        tomcat.getConnector().setProperty("minSpareThreads", "1");
        Context context = tomcat.addContext("", folder);
        Tomcat.addServlet(context, "plain", new Plain());
        context.addServletMappingDecoded("/plain", "plain");
        Tomcat.addServlet(context, "work", new Work(connection));
        context.addServletMappingDecoded("/work", "work");
        tomcat.start();
        return tomcat.getConnector().getLocalPort();
    }

    /** As servlets mostly are: it leaves it to its superclass to ask for the method. */
    public static final class Plain extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            response.setStatus(200);
        }
    }

    /** One statement for each request, by a statement of the servlet's own. */
    public static final class Work extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final transient PreparedStatement statement;

        Work(Connection connection) throws SQLException {
            statement = connection.prepareStatement("select id from pet where name = 'Leo'");
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            try {
                response.setStatus(rows(statement.executeQuery()) == 1 ? 200 : 500);
            } catch (SQLException failure) {
                response.setStatus(500);
            }
        }
    }

    /** By hand over one connection: what a client library allocates has no part in this. */
    private static Callable<?> request(int port, String path) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        InputStream in = socket.getInputStream();
        byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] answer = new byte[4_096];
        return () -> {
            socket.getOutputStream().write(request);
            return readToEmptyLine(in, answer);
        };
    }

    /** Reads the answer, which has no body. */
    private static int readToEmptyLine(InputStream in, byte[] into) throws IOException {
        int length = 0;
        while (length < 4
                || into[length - 1] != '\n'
                || into[length - 2] != '\r'
                || into[length - 3] != '\n'
                || into[length - 4] != '\r') {
            int read = in.read(into, length, into.length - length);
            if (read < 0) {
                throw new IOException("closed");
            }
            length += read;
        }
        return length;
    }

    private static Callable<?> call(int port) {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .build();
        return () ->
                client.send(request, HttpResponse.BodyHandlers.ofByteArray()).statusCode();
    }

    private static Callable<?> apache(int port) {
        CloseableHttpClient client = HttpClients.createDefault();
        HttpHost target = new HttpHost("127.0.0.1", port);
        HttpGet request = new HttpGet("http://127.0.0.1:" + port + "/");
        return () -> {
            try (CloseableHttpResponse response = client.execute(target, request)) {
                return EntityUtils.toByteArray(response.getEntity()).length;
            }
        };
    }

    private static Callable<?> okHttp(int port) {
        OkHttpClient client = new OkHttpClient();
        Request request =
                new Request.Builder().url("http://127.0.0.1:" + port + "/").build();
        return () -> {
            try (Response response = client.newCall(request).execute()) {
                return response.body().bytes().length;
            }
        };
    }

    /** Answers every request with the same bytes. */
    private static int answeringServer() throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(
                () -> {
                    try (Socket client = server.accept()) {
                        byte[] request = new byte[4_096];
                        while (true) {
                            readToEmptyLine(client.getInputStream(), request);
                            client.getOutputStream().write(ANSWER);
                        }
                    } catch (IOException closed) {
                        throw new java.io.UncheckedIOException(closed);
                    }
                },
                "answering");
        thread.setDaemon(true);
        thread.start();
        return server.getLocalPort();
    }
}
