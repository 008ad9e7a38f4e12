package dev.headroom.core.hook.httpclient;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;

/** Asks a server from within transactions: {@value #WAITED} times it waits, then it only begins a call. */
final class CallsInTransactions {
    static final int WAITED = 5;

    private CallsInTransactions() {}

    /** @param arguments base URL of a server */
    public static void main(String[] arguments) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest slow =
                HttpRequest.newBuilder(URI.create(arguments[0] + "/slow")).build();
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:shop");
                Statement statement = connection.createStatement()) {
            statement.execute("create table orders (id int)");
            connection.setAutoCommit(false);
            for (int i = 0; i < WAITED; i++) {
                statement.executeUpdate("insert into orders values (1)");
                client.sendAsync(slow, HttpResponse.BodyHandlers.ofInputStream())
                        .get()
                        .body()
                        .close();
                statement.executeUpdate("update orders set id = 2");
                connection.commit();
            }
            statement.executeUpdate("insert into orders values (1)");
            CompletableFuture<?> begun = client.sendAsync(slow, HttpResponse.BodyHandlers.discarding());
            statement.executeUpdate("update orders set id = 2");
            begun.join();
            connection.commit();
        }
    }
}
