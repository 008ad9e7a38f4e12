package dev.headroom.harmless;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Spring WebFlux on Reactor Netty. */
final class WebFluxScenario extends ServerScenario {
    private DisposableServer server;

    @Override
    int start() {
        HttpHandler handler = WebHttpHandlerBuilder.applicationContext(
                        new AnnotationConfigApplicationContext(Configured.class))
                .build();
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(handler))
                .bindNow();
        return server.port();
    }

    @Override
    void stop() {
        server.disposeNow();
    }

    /** The application context. */
    @EnableWebFlux
    static class Configured {
        @Bean
        Pages pages() {
            return new Pages();
        }
    }

    /** Each page is a method. */
    @RestController
    public static class Pages {
        @GetMapping(HELLO)
        public String hello() {
            return "GET";
        }

        @PostMapping(HELLO)
        public Mono<String> hello(@RequestBody Mono<String> body) {
            return body.map(sent -> "POST " + sent);
        }

        @GetMapping(REFUSE)
        public ResponseEntity<Void> refuse() {
            return ResponseEntity.status(503).build();
        }

        @GetMapping(FAIL)
        public String fail() {
            throw failure();
        }

        @GetMapping(LATER)
        public Mono<String> later() {
            return Mono.fromCallable(() -> "later").subscribeOn(Schedulers.boundedElastic());
        }
    }
}
