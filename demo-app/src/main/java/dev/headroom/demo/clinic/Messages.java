package dev.headroom.demo.clinic;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/**
 * One WebSocket end point: whoever sends a text gets it back in capitals. A batch size of 1 answers each by itself; a larger one
 * gathers answers for a tenth of a second or until the batch is full. Thread-safe.
 */
class Messages extends TextWebSocketHandler implements AutoCloseable {
    private static final long DELAY_MILLIS = 100;

    private final Map<String, MessageBatch> batches = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> connections = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "message-batches");
        thread.setDaemon(true);
        return thread;
    });
    private final int batchSize;
    private final int mostOfOneUser;

    Messages(int batchSize, int mostOfOneUser) {
        this.batchSize = batchSize;
        this.mostOfOneUser = mostOfOneUser;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) throws IOException {
        if (connections
                        .computeIfAbsent(user(session), any -> new AtomicInteger())
                        .incrementAndGet()
                > mostOfOneUser) {
            session.close(CloseStatus.POLICY_VIOLATION.withReason("Too many connections"));
            return;
        }
        batches.put(session.getId(), new MessageBatch(batchSize, messages -> send(session, messages)));
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) {
        MessageBatch batch = batches.get(session.getId());
        if (batch != null && batch.add(message.getPayload().toUpperCase(Locale.ROOT))) {
            ScheduledFuture<?> ignored = timer.schedule(batch::flush, DELAY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        batches.remove(session.getId());
        connections.computeIfPresent(user(session), (any, count) -> count.decrementAndGet() == 0 ? null : count);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private static void send(WebSocketSession session, List<String> messages) {
        try {
            if (session.isOpen()) {
                session.sendMessage(new TextMessage(String.join("\n", messages)));
            }
        } catch (IOException gone) {
            // whoever left does not want the rest
        }
    }

    private static String user(WebSocketSession session) {
        return session.getUri() == null ? "" : String.valueOf(session.getUri().getQuery());
    }
}
