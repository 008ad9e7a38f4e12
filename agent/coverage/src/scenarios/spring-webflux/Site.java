import java.time.Duration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Spring WebFlux on Reactor Netty: annotated handlers, and functional routes for two of the pages. */
public final class Site {
    private static DisposableServer server;

    private Site() {}

    static int start() {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Configured.class);
        HttpHandler handler = WebHttpHandlerBuilder.applicationContext(context).build();
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(handler))
                .bindNow();
        return server.port();
    }

    static void stop() {
        server.disposeNow();
    }

    static String route(String page) {
        switch (page) {
            case "/slow":
            case "/later":
                return "/{pace:slow|later}";
            case "/nothing/here":
                return "unmatched";
            default:
                return page;
        }
    }

    static int failStatus() {
        return 500;
    }

    /** Spring's own handler makes a status of the exception. */
    static String failure() {
        return "500";
    }

    static int statements() {
        return Page.statements();
    }

    static void settled() {}

    @EnableWebFlux
    static class Configured {
        @Bean
        Pages pages() {
            return new Pages();
        }

        @Bean
        RouterFunction<ServerResponse> routes() {
            return RouterFunctions.route(
                            RequestPredicates.GET("/refuse"),
                            request -> ServerResponse.status(503).build())
                    .andRoute(
                            RequestPredicates.GET("/work"),
                            request -> ServerResponse.ok()
                                    .body(
                                            Mono.fromCallable(Page::work).subscribeOn(Schedulers.fromExecutor(Page.workers())),
                                            String.class));
        }
    }

    @RestController
    public static class Pages {
        @RequestMapping("/hello")
        public String hello() {
            return "hello";
        }

        @PostMapping("/hello")
        public ResponseEntity<String> made() {
            return new ResponseEntity<>("hello", HttpStatus.CREATED);
        }

        @GetMapping("/fail")
        public Mono<String> fail() {
            return Mono.error(new UnsupportedOperationException("asked for"));
        }

        @GetMapping("/{pace:slow|later}")
        public Mono<String> slow(@PathVariable("pace") String pace) {
            return Mono.delay(Duration.ofMillis(200)).map(tick -> pace);
        }

        @GetMapping(value = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        public Flux<String> events() {
            return Flux.just("1", "2", "3").delayElements(Duration.ofMillis(30));
        }

        @GetMapping(value = "/endless", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        public Flux<String> endless() {
            return Flux.interval(Duration.ofMillis(1))
                    .onBackpressureDrop()
                    .map(tick -> new String(Page.LINE))
                    .doFinally(end -> Page.giveUp());
        }
    }
}
