package dev.headroom.dashboard.forward;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that sends requests in their order, one at a time, each until it is answered: again after 429, 502, 503, 504 or no
 * answer, with full jitter and as late as the receiver asks; never again after another refusal, as OTLP wants it.
 */
final class Lane implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final long LEAST_WAIT_MILLIS = 500;
    private static final long MOST_WAIT_MILLIS = 60_000;
    private static final Duration COMPLAINTS = Duration.ofMinutes(1);

    private final BlockingQueue<Forwarded> queue = new LinkedBlockingQueue<>();
    private final HttpClient http;
    private final URI address;
    private final Map<String, String> headers;
    private final ForwardFigures figures;
    private volatile boolean stopped;
    private Instant nextComplaint = Instant.MIN;

    Lane(HttpClient http, URI address, Map<String, String> headers, ForwardFigures figures) {
        this.http = http;
        this.address = address;
        this.headers = headers;
        this.figures = figures;
    }

    void add(Forwarded request) {
        queue.add(request);
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                Forwarded next = queue.poll(1, TimeUnit.SECONDS);
                if (next != null) {
                    deliver(next);
                    figures.left(next.weight());
                }
            }
        } catch (InterruptedException ignored) {
            // the dashboard stops
        }
    }

    private void deliver(Forwarded request) throws InterruptedException {
        long most = LEAST_WAIT_MILLIS;
        while (!stopped) {
            long asked = 0;
            try {
                HttpResponse<String> answer = http.send(message(request), HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() / 100 == 2) {
                    figures.sent();
                    return;
                }
                if (!PASSING.contains(answer.statusCode())) {
                    figures.dropped("refused");
                    complain("refused a request with " + answer.statusCode() + " (" + printable(answer.body())
                            + "); it is not sent again");
                    return;
                }
                asked = answer.headers()
                        .firstValue("Retry-After")
                        .map(Lane::millis)
                        .orElse(0L);
            } catch (IOException unreachable) {
                complain("does not answer (" + unreachable + "); trying again");
            }
            long wait = ThreadLocalRandom.current().nextLong(most) + 1;
            Thread.sleep(Math.min(MOST_WAIT_MILLIS * 5, asked + wait));
            most = Math.min(most * 2, MOST_WAIT_MILLIS);
        }
    }

    private HttpRequest message(Forwarded request) {
        HttpRequest.Builder message = HttpRequest.newBuilder(URI.create(address + request.path()))
                .timeout(ANSWER)
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach(message::setHeader);
        headers.forEach(message::setHeader);
        return message.build();
    }

    /** Seconds or an HTTP date; 0 for neither. */
    static long millis(String retryAfter) {
        if (retryAfter.matches("[0-9]{1,6}")) {
            return Long.parseLong(retryAfter) * 1_000;
        }
        try {
            Instant at = ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Math.max(0, Duration.between(Instant.now(), at).toMillis());
        } catch (DateTimeParseException neither) {
            return 0;
        }
    }

    private void complain(String what) {
        Instant now = Instant.now();
        if (!now.isBefore(nextComplaint)) {
            nextComplaint = now.plus(COMPLAINTS);
            LOG.warn("The receiver {} of headroom.forward.endpoint {}", address, what);
        }
    }

    private static String printable(String text) {
        String line = text.replaceAll("[^ -~]", ".");
        return line.length() > 200 ? line.substring(0, 200) : line;
    }
}
