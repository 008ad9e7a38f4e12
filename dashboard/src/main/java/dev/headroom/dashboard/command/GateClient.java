package dev.headroom.dashboard.command;

import dev.headroom.dashboard.run.RunJson;
import dev.headroom.dashboard.run.RunResult;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a dashboard, wherever it is, to judge a stretch of time. Not thread-safe. */
final class GateClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long TELL_SECONDS = 5;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final String address;
    private final @Nullable String token;
    private final PrintStream progress;

    /** @param address base URL */
    GateClient(String address, @Nullable String token, PrintStream progress) {
        String scheme = address.replaceFirst(":.*", "");
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new WrongUseException("Found --url " + address + "; expected one such as http://localhost:4318");
        }
        this.address = address.replaceFirst("/+$", "");
        this.token = token == null || token.isBlank() ? null : token;
        this.progress = progress;
    }

    /** The result of a check or of a run that ends with it. */
    RunResult result(String path, List<Map.Entry<String, String>> parameters, @Nullable String yaml) {
        HttpResponse<String> answer = ask("POST", path + query(parameters), "application/yaml", yaml);
        try {
            return RunJson.result(answer.body());
        } catch (IllegalArgumentException strange) {
            throw new UnreachableException(
                    address + " answered " + answer.statusCode() + " and no result: " + strange.getMessage());
        }
    }

    JsonNode json(String method, String path, @Nullable String body) {
        HttpResponse<String> answer = ask(method, path, "application/json", body);
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException strange) {
            throw new UnreachableException(address + " answered " + answer.statusCode() + " and no JSON");
        }
    }

    private static String query(List<Map.Entry<String, String>> parameters) {
        StringBuilder query = new StringBuilder();
        for (Map.Entry<String, String> parameter : parameters) {
            query.append(query.length() == 0 ? '?' : '&')
                    .append(parameter.getKey())
                    .append('=')
                    .append(URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8));
        }
        return query.toString();
    }

    private HttpResponse<String> ask(String method, String path, String type, @Nullable String body) {
        HttpRequest.Builder request;
        try {
            request = HttpRequest.newBuilder(URI.create(address + path));
        } catch (IllegalArgumentException wrong) {
            throw new WrongUseException("Found --url " + address + ": " + wrong.getMessage());
        }
        request.timeout(PATIENCE).header("Accept", "application/json").header("Content-Type", type);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        request.method(
                method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        HttpResponse<String> answer = await(http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString()));
        int status = answer.statusCode();
        if (status == 200 || status == 201 || status == 422 || status == 424) {
            return answer;
        }
        if (status >= 500 || status == 429 || (status >= 300 && status < 400)) {
            throw new UnreachableException(address + " answered " + status + ": " + shortened(answer.body()));
        }
        throw new CommandFailedException(refusal(status, answer.body()));
    }

    private String refusal(int status, String body) {
        if (status == 401 || status == 403) {
            return address + " answered " + status
                    + (token == null ? ": it needs --token" : ": the token is not let do this") + ". "
                    + shortened(body);
        }
        try {
            JsonNode read = JSON.readTree(body);
            if (read.has("error") && read.has("found")) {
                return "%s: found %s, expected %s. %s"
                        .formatted(
                                read.path("error").asString(),
                                read.path("found").asString(),
                                read.path("expected").asString(),
                                read.path("hint").asString());
            }
        } catch (JacksonException noJson) {
            return address + " answered " + status + ": " + shortened(body);
        }
        return address + " answered " + status + ": " + shortened(body);
    }

    private static String shortened(String text) {
        return text.length() > 500 ? text.substring(0, 500) + "…" : text;
    }

    private HttpResponse<String> await(CompletableFuture<HttpResponse<String>> answer) {
        long begin = System.nanoTime();
        while (true) {
            try {
                return answer.get(TELL_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException stillAtIt) {
                progress.println("… " + (System.nanoTime() - begin) / 1_000_000_000
                        + " s; the dashboard waits for the last measurements, or reads a long range");
            } catch (ExecutionException failed) {
                Throwable cause = failed.getCause() == null ? failed : failed.getCause();
                String why = cause instanceof IOException ? cause.toString() : String.valueOf(cause);
                throw new UnreachableException("The dashboard at " + address + " does not answer: " + why, cause);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new UnreachableException("Interrupted", interrupted);
            }
        }
    }
}
