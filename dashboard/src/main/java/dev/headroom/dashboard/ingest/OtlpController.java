package dev.headroom.dashboard.ingest;

import dev.headroom.dashboard.forward.Forwarder;
import dev.headroom.dashboard.store.RightOfWay;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.StoreOverloadedException;
import dev.headroom.dashboard.store.StoreUnusableException;
import dev.headroom.otlp.AttributeCache;
import dev.headroom.otlp.MalformedOtlpException;
import dev.headroom.otlp.OtlpLogsReader;
import dev.headroom.otlp.OtlpMetricsReader;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * OTLP/HTTP as its specification 1.11 wants it. Metrics and what spans come to are answered after they are on disk; logs are read,
 * counted and answered with a partial success that says that they are not kept. Faults that pass are 503, never 500, which senders do not
 * repeat.
 */
@RestController
class OtlpController {
    static final String ACK = "Headroom-Ack";
    static final String ORDERS = "Headroom-Orders";
    static final String SPREAD = "Headroom-Spread";
    static final String INTERVAL = "Headroom-Interval";
    private static final Logger LOG = LoggerFactory.getLogger(OtlpController.class);

    private final Ingest ingest;
    private final IngestCounters counters;
    private final ObjectProvider<OrdersVersion> orders;
    private final ObjectProvider<WindowWish> wishes;
    private final Forwarder forwarder;
    private final Fleet fleet;
    private final Intake intake;
    private final ExampleIngest examples;
    private final RightOfWay way;
    private final Scheduler scheduler;
    private final OtlpBody body;
    private final AttributeCache attributes = new AttributeCache();

    OtlpController(
            Ingest ingest,
            IngestCounters counters,
            ObjectProvider<OrdersVersion> orders,
            ObjectProvider<WindowWish> wishes,
            Forwarder forwarder,
            Fleet fleet,
            Intake intake,
            ExampleIngest examples,
            RightOfWay way,
            @Qualifier("storeWrites") Scheduler scheduler,
            @Value("${headroom.ingest.max-request}") DataSize maxRequest) {
        this.ingest = ingest;
        this.counters = counters;
        this.orders = orders;
        this.wishes = wishes;
        this.forwarder = forwarder;
        this.fleet = fleet;
        this.intake = intake;
        this.examples = examples;
        this.way = way;
        this.scheduler = scheduler;
        this.body = new OtlpBody((int) Math.min(maxRequest.toBytes(), Integer.MAX_VALUE - 16));
    }

    @PostMapping("/v1/metrics")
    Mono<ResponseEntity<byte[]>> metrics(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        WriteScope scope = WriteScope.of(exchange);
        return answer(
                request,
                OtlpSignal.METRICS,
                (bytes, encoding) -> metrics(bytes, encoding, request.getHeaders(), scope));
    }

    @PostMapping("/v1/logs")
    Mono<ResponseEntity<byte[]>> logs(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        WriteScope scope = WriteScope.of(exchange);
        return answer(
                request, OtlpSignal.LOGS, (bytes, encoding) -> logs(bytes, encoding, request.getHeaders(), scope));
    }

    @PostMapping("/v1/traces")
    Mono<ResponseEntity<byte[]>> traces(ServerWebExchange exchange) {
        WriteScope scope = WriteScope.of(exchange);
        return answer(exchange.getRequest(), OtlpSignal.TRACES, (bytes, encoding) -> spans(bytes, encoding, scope));
    }

    /**
     * @param sender whose requests keep their order when passed on; null when there is none, or many
     * @param isNew whether it was not a repeat
     */
    private record Answer(
            ResponseEntity<byte[]> entity, @Nullable String sender, boolean isNew) {
        static Answer ofMany(OtlpEncoding encoding, byte[] body) {
            return new Answer(
                    ResponseEntity.ok().contentType(encoding.mediaType()).body(body), null, true);
        }
    }

    private Mono<ResponseEntity<byte[]>> answer(
            ServerHttpRequest request, OtlpSignal signal, BiFunction<byte[], OtlpEncoding, Answer> receive) {
        MediaType type = request.getHeaders().getContentType();
        OtlpEncoding encoding = OtlpEncoding.of(type);
        if (encoding == null) {
            return Mono.just(refused(
                    OtlpEncoding.JSON,
                    OtlpRefusal.unsupported(
                            "Content-Type of /v1/" + signal.name().toLowerCase(Locale.ROOT) + " is " + type
                                    + "; expected application/x-protobuf or application/json")));
        }
        return Mono.using(
                        body::hold,
                        hold -> body.sent(request, hold)
                                .flatMap(sent -> admitted(sent)
                                        .map(admitted -> {
                                            way.giveWay();
                                            byte[] bytes = body.decoded(admitted, request.getHeaders(), encoding, hold);
                                            Answer answer = receive.apply(bytes, encoding);
                                            if (answer.isNew()) {
                                                forwarder.accepted(
                                                        signal.path(), request.getHeaders(), admitted, answer.sender());
                                            }
                                            return answer.entity();
                                        })
                                        .doFinally(end -> intake.leave(sent.length))))
                .onErrorResume(failure -> Mono.just(refused(encoding, refusal(failure))));
    }

    /** The bytes on a thread that may block; counted until they are stored or refused. */
    private Mono<byte[]> admitted(byte[] sent) {
        intake.enter(sent.length);
        return Mono.just(sent).publishOn(scheduler);
    }

    private Answer metrics(byte[] bytes, OtlpEncoding encoding, HttpHeaders headers, WriteScope scope) {
        String header = headers.getFirst(IdempotencyKey.HEADER);
        IdempotencyKey key = header == null ? null : IdempotencyKey.parse(header, OtlpSignal.METRICS);
        OtlpMetricsReader.Result request =
                encoding == OtlpEncoding.JSON ? OtlpJson.metrics(bytes) : OtlpMetricsReader.read(bytes, attributes);
        request.resources().forEach(resource -> scope.check(resource.resource()));
        Ingest.Receipt receipt = ingest.accept(request, key, headers.getFirst(DeliveryHeader.NAME));
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok().contentType(encoding.mediaType());
        if (key != null) {
            numbered(answer, key, receipt.acknowledged());
        }
        String version = version(receipt.sender());
        if (version != null) {
            answer.header(ORDERS, version);
        }
        Sender sender = receipt.sender();
        long wished = key == null || sender == null ? 0 : wished(sender);
        if (wished > 0) {
            answer.header(INTERVAL, Long.toString(wished));
        }
        return new Answer(
                answer.body(encoding.response(OtlpSignal.METRICS, receipt.rejected(), receipt.message())),
                sender == null ? null : sender.instance(),
                !receipt.repeated());
    }

    /** What only our agents understand. */
    private void numbered(ResponseEntity.BodyBuilder answer, IdempotencyKey key, long acknowledged) {
        fleet.reported(key.instance().toString());
        answer.header(ACK, Long.toString(acknowledged));
        answer.header(SPREAD, Long.toString(fleet.spreadMillis()));
        answer.headers(all -> all.setDate(ingest.now().toEpochMilli()));
    }

    private Answer logs(byte[] bytes, OtlpEncoding encoding, HttpHeaders headers, WriteScope scope) {
        String header = headers.getFirst(IdempotencyKey.HEADER);
        if (header == null || encoding == OtlpEncoding.JSON) {
            return logs(bytes, encoding);
        }
        IdempotencyKey key = IdempotencyKey.parse(header, OtlpSignal.LOGS);
        Ingest.Receipt receipt =
                examples.accept(OtlpLogsReader.read(bytes), key, headers.getFirst(DeliveryHeader.NAME), scope);
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok().contentType(encoding.mediaType());
        numbered(answer, key, receipt.acknowledged());
        return new Answer(
                answer.body(encoding.response(OtlpSignal.LOGS, receipt.rejected(), receipt.message())),
                key.instance().toString(),
                !receipt.repeated());
    }

    private @Nullable String version(@Nullable Sender sender) {
        OrdersVersion versions = orders.getIfAvailable();
        return versions == null || sender == null ? null : versions.of(sender.service(), sender.instance());
    }

    private long wished(Sender sender) {
        WindowWish wish = wishes.getIfAvailable();
        return wish == null ? 0 : wish.millis(sender.service());
    }

    private Answer logs(byte[] bytes, OtlpEncoding encoding) {
        long records =
                encoding == OtlpEncoding.JSON ? OtlpJson.records(bytes, OtlpSignal.LOGS) : OtlpRecords.count(bytes);
        String message = records == 0 ? "" : "This dashboard keeps metrics only; the records were read and not kept";
        return Answer.ofMany(encoding, encoding.response(OtlpSignal.LOGS, records, message));
    }

    /** What a span is about is kept as a duration, or is not asked for: neither is a rejection. */
    private Answer spans(byte[] bytes, OtlpEncoding encoding, WriteScope scope) {
        List<ResourceSpans> resources = encoding == OtlpEncoding.JSON ? OtlpJson.spans(bytes) : OtlpSpans.read(bytes);
        resources.forEach(resource -> scope.check(resource.resource()));
        Rejections rejections = ingest.acceptSpans(resources);
        return Answer.ofMany(encoding, encoding.response(OtlpSignal.TRACES, rejections.total(), rejections.message()));
    }

    private static OtlpRefusal refusal(Throwable failure) {
        if (failure instanceof OtlpRefusal refusal) {
            return refusal;
        }
        if (failure instanceof MalformedOtlpException malformed) {
            return OtlpRefusal.malformed(String.valueOf(malformed.getMessage()));
        }
        if (failure instanceof StoreOverloadedException) {
            return OtlpRefusal.overloaded(String.valueOf(failure.getMessage()));
        }
        if (failure instanceof RejectedExecutionException) {
            return OtlpRefusal.overloaded("Too many requests wait to be stored already; send again later");
        }
        if (failure instanceof StoreUnusableException) {
            return OtlpRefusal.later(String.valueOf(failure.getMessage()));
        }
        LOG.error("A request could not be taken in; its sender will repeat it", failure);
        return OtlpRefusal.later("The dashboard failed on this request (" + failure + "); see its log");
    }

    private ResponseEntity<byte[]> refused(OtlpEncoding encoding, OtlpRefusal refusal) {
        counters.refusedRequest();
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(refusal.status()).contentType(encoding.mediaType());
        boolean again =
                refusal.status() == HttpStatus.SERVICE_UNAVAILABLE || refusal.status() == HttpStatus.TOO_MANY_REQUESTS;
        if (again) {
            answer.header(HttpHeaders.RETRY_AFTER, Long.toString(fleet.retryAfterSeconds()));
            answer.header(SPREAD, Long.toString(fleet.spreadMillis()));
            answer.headers(all -> all.setDate(ingest.now().toEpochMilli()));
        }
        return answer.body(encoding.status(refusal.grpcCode(), refusal.text()));
    }
}
