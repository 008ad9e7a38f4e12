import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Commands one by one and many at once, a batch, a transaction, a blocking one, an error, one for a request, and a late server. */
public final class Main {
    private static final int SLOW = 5;

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Vertx vertx = Vertx.vertx();
        Redis redis = open(vertx, Server.PORT);
        RedisConnection connection = await(redis.connect());
        keys(connection);
        aggregates(connection);
        batch(connection);
        transaction(connection);
        System.out.println("blpop " + ask(connection, Command.BLPOP, "queue:1", "1"));
        System.out.println("incr " + ask(connection, Command.INCR, "profile:1"));
        await(connection.close());
        request(vertx, redis);
        slow(vertx);
        redis.close();
        await(vertx.close());
        expect();
        Expect.awaitExport();
    }

    private static Redis open(Vertx vertx, int port) {
        return Redis.createClient(vertx, new RedisOptions().setConnectionString("redis://" + Server.HOST + ":" + port));
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    private static Request request(Command command, String... arguments) {
        Request request = Request.cmd(command);
        for (String argument : arguments) {
            request.arg(argument);
        }
        return request;
    }

    private static String ask(RedisConnection connection, Command command, String... arguments) {
        try {
            return String.valueOf(await(connection.send(request(command, arguments))));
        } catch (CompletionException refused) {
            return refused.getCause().getMessage();
        }
    }

    private static void keys(RedisConnection connection) throws Exception {
        long hits = Server.hits();
        long misses = Server.misses();
        ask(connection, Command.SET, "user:1", "");
        System.out.println("get " + ask(connection, Command.GET, "user:1") + ask(connection, Command.GET, "user:2"));
        System.out.println("mget " + ask(connection, Command.MGET, "user:1", "user:2", "user:3"));
        System.out.println("exists " + ask(connection, Command.EXISTS, "user:1", "user:2"));
        List<Future<Response>> together = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            together.add(connection.send(request(Command.GET, i < 6 ? "user:1" : "user:99")));
        }
        together.forEach(each -> System.out.println("together " + await(each)));
        Expect.sum("cache.gets", Server.hits() - hits + 1 + 1 + 1, "cache=user:{id}", "result=hit");
        Expect.sum("cache.gets", Server.misses() - misses + 1 + 1, "cache=user:{id}", "result=miss");
    }

    private static void aggregates(RedisConnection connection) {
        ask(connection, Command.HSET, "profile:1", "name", "x");
        System.out.println("hget " + ask(connection, Command.HGET, "profile:1", "none"));
        System.out.println("hgetall " + ask(connection, Command.HGETALL, "profile:1"));
        System.out.println("hmget " + ask(connection, Command.HMGET, "profile:1", "name", "none"));
    }

    /** user: 1 hit, 1 miss. */
    private static void batch(RedisConnection connection) {
        List<Response> replies = await(connection.batch(List.of(
                request(Command.GET, "user:1"), request(Command.GET, "user:99"), request(Command.STRLEN, "user:1"))));
        System.out.println("batch " + replies);
    }

    /** user: 1 hit, 1 miss. */
    private static void transaction(RedisConnection connection) {
        ask(connection, Command.MULTI);
        System.out.println(ask(connection, Command.GET, "user:1") + ask(connection, Command.GET, "user:99"));
        System.out.println("exec " + ask(connection, Command.EXEC));
    }

    /** user: 1 hit, for the request. */
    private static void request(Vertx vertx, Redis redis) throws Exception {
        Router router = Router.router(vertx);
        router.route("/user").handler(asked -> redis.send(request(Command.GET, "user:1"))
                .onSuccess(reply -> asked.response().end("user " + reply)));
        HttpServer server = await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
                InputStream in = socket.getInputStream()) {
            socket.getOutputStream()
                    .write("GET /user HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            System.out.println(answer.substring(answer.lastIndexOf('\n') + 1));
        }
        await(server.close());
        Expect.count("http.server.request.duration", 1, "http.route=/user", "headroom.request.cache=hit");
        Asking.expect("/user", 1, 1, 1, 0);
    }

    private static void slow(Vertx vertx) {
        Redis redis = open(vertx, Server.slowPort());
        RedisConnection connection = await(redis.connect());
        long[] seenNanos = new long[SLOW];
        for (int i = 0; i < SLOW; i++) {
            long begin = System.nanoTime();
            ask(connection, Command.GET, "late:1");
            seenNanos[i] = System.nanoTime() - begin;
        }
        await(connection.close());
        redis.close();
        Expect.count(Server.TIMED, SLOW, "db.operation.name=GET", "headroom.key.pattern=late:{id}");
        Expect.slow(Server.TIMED, seenNanos, "headroom.key.pattern=late:{id}");
    }

    private static void expect() throws Exception {
        Server.timedAsCounted("SET", "MGET", "EXISTS", "HSET", "HGET", "HGETALL", "HMGET", "MULTI");
        Server.untimedAsCounted("EXEC", "BLPOP", "STRLEN");
        Expect.count(Server.TIMED, 1, "db.operation.name=PIPELINE");
        Expect.count(Server.TIMED, 2 + 10 + 1, "db.operation.name=GET", "headroom.key.pattern=user:{id}", "error.type=");
        Expect.sum(Server.UNTIMED, 2 + 2, "db.operation.name=GET", "headroom.key.pattern=user:{id}");
        Expect.count(Server.TIMED, 1, "db.operation.name=INCR", "error.type=WRONGTYPE");
        Expect.count("headroom.redis.blocking.wait", 1, "db.operation.name=BLPOP", "headroom.key.pattern=queue:{id}");
        Expect.sum("cache.gets", 2, "cache=profile:{id}", "result=hit");
        Expect.sum("cache.gets", 2, "cache=profile:{id}", "result=miss");
    }
}
