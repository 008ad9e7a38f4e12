package dev.headroom.core.hook.httpserver;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** Routes with a template. */
@RestController
public class PetController {
    @GetMapping("/pets/{id}")
    public ResponseEntity<Void> pet(@PathVariable("id") String id) {
        if (id.equals("0")) {
            throw new IllegalStateException("no pet zero");
        }
        return ResponseEntity.ok().build();
    }

    @PostMapping("/pets")
    public ResponseEntity<Void> create() {
        return ResponseEntity.status(201).build();
    }

    /** The application context. */
    @Configuration
    @EnableWebMvc
    public static class Configured {
        @Bean
        public PetController pets() {
            return new PetController();
        }
    }
}
