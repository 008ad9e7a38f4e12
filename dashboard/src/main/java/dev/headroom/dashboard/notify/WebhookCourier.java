package dev.headroom.dashboard.notify;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts to webhooks. Redirects are not followed: an address is what the budget file's owner wrote. Exceptions' own texts may hold the
 * address, so their kind is told and nothing else.
 */
final class WebhookCourier implements Courier {
    /** May be accepted when it is sent again as it is. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    private final MessageBody body;
    private final InstantSource clock;
    private final Duration patience;
    private final HttpClient http;

    /** @param patience for the connection, and for the answer as a whole */
    WebhookCourier(MessageBody body, InstantSource clock, Duration patience) {
        this.body = body;
        this.clock = clock;
        this.patience = patience;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public Outcome deliver(Digest digest, Recipient recipient) throws InterruptedException {
        CompletableFuture<HttpResponse<String>> answering;
        try {
            answering = http.sendAsync(request(digest, recipient), info -> new AnswerBeginning());
        } catch (IllegalArgumentException | URISyntaxException wrong) {
            return new Outcome.Refused(
                    "the address cannot be used: expected http:// or https://, a host and a path", "");
        }
        try {
            return outcome(answering.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException slow) {
            answering.cancel(true);
            return new Outcome.Later("no answer within " + patience.toSeconds() + " s", Duration.ZERO);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            String kind = cause == null ? "failed" : cause.getClass().getSimpleName();
            return cause instanceof IOException
                    ? new Outcome.Later("not reached (" + kind + ")", Duration.ZERO)
                    : new Outcome.Refused("not sent (" + kind + ")", "");
        } catch (InterruptedException stopped) {
            answering.cancel(true);
            throw stopped;
        }
    }

    private HttpRequest request(Digest digest, Recipient recipient) throws URISyntaxException {
        URI address = new URI(recipient.at());
        String login = address.getRawUserInfo();
        if (login != null) {
            address = new URI(recipient.at().replaceFirst("//[^/@]*@", "//"));
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(patience)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Headroom")
                .header("Idempotency-Key", digest.id())
                .POST(HttpRequest.BodyPublishers.ofString(
                        body.of(digest, recipient.target().format())));
        if (login != null) {
            byte[] plain = URLDecoder.decode(login.replace("+", "%2B"), StandardCharsets.UTF_8)
                    .getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(plain));
        }
        return request.build();
    }

    private Outcome outcome(HttpResponse<String> answer) {
        int status = answer.statusCode();
        String how = "answered " + status;
        if (status / 100 == 2) {
            return new Outcome.Sent(how);
        }
        if (status / 100 == 5 || PASSING.contains(status)) {
            String asked = answer.headers().firstValue("Retry-After").orElse("");
            return new Outcome.Later(how, RetryAfter.of(asked, clock.instant()));
        }
        return new Outcome.Refused(
                status / 100 == 3 ? how + ", a redirect, which is not followed" : how, Wording.plain(answer.body()));
    }
}
