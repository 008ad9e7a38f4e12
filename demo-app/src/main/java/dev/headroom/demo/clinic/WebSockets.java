package dev.headroom.demo.clinic;

import org.apache.tomcat.websocket.server.WsSci;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;

/** {@code /naive/ws} answers one by one and takes everybody; {@code /optimised/ws} answers in tens, five connections a user. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
class WebSockets {
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    @Bean
    Messages single() {
        return new Messages(1, NO_LIMIT);
    }

    @Bean
    Messages batched() {
        return new Messages(10, 5);
    }

    @Bean
    WebSocketConfigurer endPoints(Messages single, Messages batched) {
        return registry -> registry.addHandler(single, "/naive/ws").addHandler(batched, "/optimised/ws");
    }

    /** Tomcat's own container of WebSockets, which Spring Boot's starter would add. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> container() {
        return factory ->
                factory.addContextCustomizers(context -> context.addServletContainerInitializer(new WsSci(), null));
    }
}
