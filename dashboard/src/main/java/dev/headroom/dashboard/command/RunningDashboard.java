package dev.headroom.dashboard.command;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Asks the dashboard that runs on this store, with the key that it left for its owner. */
final class RunningDashboard implements Changes {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TOKENS = "/api/v1/tokens";
    private static final String USERS = "/api/v1/users";

    /** One recipient's result, as the dashboard tells it. */
    record TestedRecipient(String name, String shown, boolean sent, String result, String answer) {}

    private final HttpClient http;
    private final String address;
    private final String key;

    private RunningDashboard(HttpClient http, String address, String key) {
        this.http = http;
        this.address = address;
        this.key = key;
    }

    /** Null when no dashboard listens any more: it was killed and left the file. */
    static @Nullable RunningDashboard reached(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            HttpClient.Builder http = HttpClient.newBuilder().connectTimeout(PATIENCE);
            if (lines.size() > 2 && !lines.get(2).isBlank()) {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {new ThisCertificate(lines.get(2))}, null);
                http.sslContext(context);
            }
            RunningDashboard running = new RunningDashboard(http.build(), lines.get(0), lines.get(1));
            running.ask("GET", TOKENS, null);
            return running;
        } catch (CommandFailedException failed) {
            if (failed.getCause() instanceof ConnectException) {
                return null;
            }
            throw failed;
        } catch (IOException | GeneralSecurityException | IndexOutOfBoundsException e) {
            throw failed(file + " cannot be used: " + e, e);
        }
    }

    @Override
    public String createToken(@Nullable String scope, @Nullable String service, @Nullable String label) {
        ObjectNode body = JSON.createObjectNode();
        body.put("scope", scope).put("service", service).put("label", label);
        return ask("POST", TOKENS, body).path("token").asString();
    }

    @Override
    public List<String> tokens() {
        List<String> lines = new ArrayList<>();
        for (JsonNode token : ask("GET", TOKENS, null).path("items")) {
            lines.add(Lines.token(
                    token.path("id").asString(),
                    token.path("scope").asString(),
                    text(token, "service"),
                    token.path("label").asString(),
                    token.path("created").asString(),
                    text(token, "lastUsed")));
        }
        return lines;
    }

    private static @Nullable String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.path(field).asString() : null;
    }

    @Override
    public void revokeToken(String id) {
        ask("DELETE", TOKENS + "/" + encoded(id), null);
    }

    @Override
    public void createUser(String name, @Nullable String role, @Nullable String password) {
        ask(
                "POST",
                USERS,
                JSON.createObjectNode().put("name", name).put("role", role).put("password", password));
    }

    @Override
    public void changeUser(String name, @Nullable String role, @Nullable String password) {
        ask(
                "PATCH",
                USERS + "/" + encoded(name),
                JSON.createObjectNode().put("role", role).put("password", password));
    }

    @Override
    public void removeUser(String name) {
        ask("DELETE", USERS + "/" + encoded(name), null);
    }

    @Override
    public List<String> users() {
        List<String> lines = new ArrayList<>();
        for (JsonNode user : ask("GET", USERS, null).path("items")) {
            lines.add(Lines.user(
                    user.path("name").asString(),
                    user.path("role").asString(),
                    user.path("changed").asString()));
        }
        return lines;
    }

    /** What became of a test of the notifications, by recipient. */
    List<TestedRecipient> testNotifications(String severity) {
        List<TestedRecipient> tested = new ArrayList<>();
        ObjectNode body = JSON.createObjectNode().put("severity", severity);
        for (JsonNode item : ask("POST", "/api/v1/notifications/test", body).path("items")) {
            tested.add(new TestedRecipient(
                    item.path("name").asString(),
                    item.path("shown").asString(),
                    item.path("sent").asBoolean(),
                    item.path("result").asString(),
                    item.path("answer").asString()));
        }
        return tested;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode ask(String method, String path, @Nullable ObjectNode body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode read = answer.body().startsWith("{") ? JSON.readTree(answer.body()) : JSON.createObjectNode();
            if (answer.statusCode() >= 300) {
                throw new CommandFailedException(
                        read.has("error")
                                ? "%s: found %s, expected %s. %s"
                                        .formatted(
                                                read.path("error").asString(),
                                                read.path("found").asString(),
                                                read.path("expected").asString(),
                                                read.path("hint").asString())
                                : "The dashboard at " + address + " answered " + answer.statusCode() + ": "
                                        + answer.body());
            }
            return read;
        } catch (IOException e) {
            throw failed("The dashboard at " + address + " does not answer: " + e, e);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failed("Interrupted", interrupted);
        }
    }

    private static CommandFailedException failed(String why, Exception cause) {
        CommandFailedException failed = new CommandFailedException(why);
        failed.initCause(cause);
        return failed;
    }

    @Override
    public void close() {
        // Nothing is open between requests.
    }
}
