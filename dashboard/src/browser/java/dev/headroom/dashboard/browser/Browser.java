package dev.headroom.dashboard.browser;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Chromium, spoken to over its DevTools protocol. */
public final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final URI tools;

    private Browser(Process process, URI tools) {
        this.process = process;
        this.tools = tools;
    }

    /** The browser on PATH; where there is none, {@code target/not-run.txt} says so. */
    public static Optional<Path> found() throws IOException {
        Optional<Path> found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "chromium"))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty()) {
            Files.createDirectories(Path.of("target"));
            Files.writeString(
                    Path.of("target", "not-run.txt"),
                    "Pages in a browser: chromium not found on PATH\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
        return found;
    }

    public static Browser start(Path chromium, Path profile) throws IOException {
        Process process = new ProcessBuilder(
                        chromium.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-dev-shm-usage",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("chromium.log").toFile())
                .start();
        Path port = profile.resolve("DevToolsActivePort");
        await("Chromium's DevTools port", () -> {
            try {
                return Files.exists(port) && Files.readAllLines(port).size() >= 2;
            } catch (IOException e) {
                return false;
            }
        });
        return new Browser(
                process,
                URI.create("http://127.0.0.1:" + Files.readAllLines(port).get(0)));
    }

    /** A new tab that shows nothing yet. */
    public Tab open() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(tools.resolve("/json/new?about:blank"))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        JsonNode tab = JSON.readTree(
                HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
        return new Tab(URI.create(tab.get("webSocketDebuggerUrl").asString()));
    }

    public static void await(String what, BooleanSupplier reached) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!reached.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("Waited " + PATIENCE.toSeconds() + " s in vain for " + what);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("Interrupted while waiting for " + what, e);
            }
        }
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** One tab, and everything that its page complained about. */
    public static final class Tab implements WebSocket.Listener {
        private final WebSocket socket;
        private final AtomicInteger numbers = new AtomicInteger();
        private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
        private final StringBuilder part = new StringBuilder();
        private final List<String> complaints = new CopyOnWriteArrayList<>();
        private final List<String> requests = new CopyOnWriteArrayList<>();

        Tab(URI address) {
            socket = HTTP.newWebSocketBuilder().buildAsync(address, this).join();
            command("Page.enable", Map.of());
            command("Runtime.enable", Map.of());
            command("Log.enable", Map.of());
            command("Network.enable", Map.of());
        }

        /** Errors on the console, uncaught exceptions and violations of the content policy. */
        public List<String> complaints() {
            return complaints;
        }

        /** Addresses that were asked for by whatever was shown. */
        public List<String> requests() {
            return requests;
        }

        public void show(String url) {
            command("Page.navigate", Map.of("url", url));
            await(url, () -> evaluate("document.readyState + location.href").startsWith("completehttp"));
        }

        public String evaluate(String expression) {
            JsonNode result = command(
                    "Runtime.evaluate", Map.of("expression", "String(" + expression + ")", "returnByValue", true));
            return result.path("result").path("value").asString("");
        }

        public JsonNode command(String method, Map<String, ?> parameters) {
            int number = numbers.incrementAndGet();
            CompletableFuture<JsonNode> answer = new CompletableFuture<>();
            waiting.put(number, answer);
            socket.sendText(JSON.writeValueAsString(Map.of("id", number, "method", method, "params", parameters)), true)
                    .join();
            return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        }

        /** Presses a key and lets it go; the code is the one that the browser's own shortcuts, such as Tab, go by. */
        public void press(String key, int code) {
            Map<String, Object> down = new HashMap<>(Map.of("type", "keyDown", "key", key));
            down.put("windowsVirtualKeyCode", code);
            String text = key.equals("Enter") ? "\r" : key;
            if (text.length() == 1) {
                down.put("text", text);
            }
            command("Input.dispatchKeyEvent", down);
            command("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "windowsVirtualKeyCode", code));
        }

        /** Drags the pointer along a chart's middle, between two shares of its width, and lets go. */
        public void drag(String selector, double from, double to) {
            evaluate("document.querySelector('" + selector + "').scrollIntoView({block: 'center'})");
            String[] at = evaluate("(b => [b.left + b.width * " + from + ", b.left + b.width * " + to
                            + ", b.top + b.height / 2].map(Math.round))(document.querySelector('" + selector
                            + "').getBoundingClientRect())")
                    .split(",");
            mouse("mousePressed", at[0], at[2]);
            mouse("mouseMoved", at[1], at[2]);
            mouse("mouseReleased", at[1], at[2]);
        }

        private void mouse(String type, String x, String y) {
            command(
                    "Input.dispatchMouseEvent",
                    Map.of(
                            "type",
                            type,
                            "x",
                            Double.parseDouble(x),
                            "y",
                            Double.parseDouble(y),
                            "button",
                            "left",
                            "clickCount",
                            1));
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            part.append(text);
            if (last) {
                JsonNode message = JSON.readTree(part.toString());
                part.setLength(0);
                receive(message);
            }
            from.request(1);
            return null;
        }

        private void receive(JsonNode message) {
            if (message.has("id")) {
                CompletableFuture<JsonNode> answer =
                        waiting.remove(message.get("id").asInt());
                if (answer != null) {
                    answer.complete(message.path("result"));
                }
                return;
            }
            String method = message.path("method").asString("");
            if (method.equals("Network.requestWillBeSent")) {
                requests.add(message.at("/params/request/url").asString(""));
            }
            boolean error = switch (method) {
                case "Runtime.exceptionThrown" -> true;
                case "Log.entryAdded" ->
                    message.at("/params/entry/level").asString("").equals("error");
                case "Runtime.consoleAPICalled" ->
                    message.at("/params/type").asString("").equals("error");
                default -> false;
            };
            if (error) {
                complaints.add(message.toString());
            }
        }
    }
}
