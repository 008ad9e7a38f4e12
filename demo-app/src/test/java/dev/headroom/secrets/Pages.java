package dev.headroom.secrets;

import java.net.URI;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** What the application answers: each page runs some of the others' data through the application, and some fail over it. */
@RestController
@SuppressWarnings("DoNotCallSuggester") // what fails here is asked for
final class Pages {
    private final Statements statements;
    private final Commands commands;
    private final Outgoing outgoing;

    Pages(Statements statements, Commands commands, Outgoing outgoing) {
        this.statements = statements;
        this.commands = commands;
        this.outgoing = outgoing;
    }

    @GetMapping("/accounts/{iban}")
    String account(@PathVariable("iban") String iban) throws Exception {
        statements.run("SELECT id FROM zoo WHERE name = '" + iban.replace("'", "''") + "'");
        return iban;
    }

    @PostMapping("/accounts")
    String created(@RequestBody String body) {
        return body;
    }

    @GetMapping("/work/literals")
    String literals() throws Exception {
        statements.literals();
        return "";
    }

    @GetMapping("/work/parameters")
    String parameters() throws Exception {
        statements.parameters();
        return "";
    }

    @GetMapping("/work/redis")
    String redis() {
        commands.jedis();
        commands.lettuce();
        return "";
    }

    @GetMapping("/work/calls/{token}")
    String calls(@PathVariable("token") String token) throws Exception {
        outgoing.calls(token);
        return "";
    }

    @GetMapping("/work/loop")
    String loop() throws Exception {
        for (int i = 0; i < 40; i++) {
            statements.run("SELECT id FROM zoo WHERE name = '" + Marks.token("loop-" + i) + "'");
        }
        return "";
    }

    @GetMapping("/work/thread")
    String thread() throws Exception {
        Thread here = Thread.currentThread();
        String name = here.getName();
        here.setName("order of " + Marks.email("thread-name") + " " + Marks.token("thread-token"));
        try {
            statements.run("SELECT pg_sleep(0.6)");
            return "";
        } finally {
            here.setName(name);
        }
    }

    @GetMapping("/fail/plain")
    String plain() {
        throw new IllegalArgumentException("no account " + Marks.digits("message-digits") + " of "
                + Marks.email("message-email") + " with password=" + Marks.token("message-password") + ", "
                + Marks.name("message-name"));
    }

    @GetMapping("/fail/nested")
    String nested() {
        throw new IllegalStateException(
                "outer " + Marks.token("message-outer"),
                new IllegalArgumentException(
                        "cause " + Marks.token("message-cause"), new java.io.IOException(Marks.token("message-root"))));
    }

    @GetMapping("/fail/suppressed")
    String suppressed() {
        RuntimeException failure = new RuntimeException(Marks.token("message-with-suppressed"));
        failure.addSuppressed(new IllegalStateException("also " + Marks.token("message-suppressed")));
        throw failure;
    }

    @GetMapping("/fail/described")
    String described() {
        throw new Described();
    }

    @GetMapping("/fail/database")
    String database() throws Exception {
        try (var statement = statements.connection().createStatement()) {
            statement.execute("SELECT '" + Marks.token("message-of-database") + "'::date");
        }
        return "";
    }

    /** A failure that tells its data when it is asked for anything. */
    private static final class Described extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            return "order\t" + Marks.token("message-computed") + "\nuser=" + Marks.email("message-second-line");
        }

        @Override
        public String toString() {
            return Marks.token("message-to-string");
        }
    }

    /** The application. */
    @Configuration
    @EnableWebMvc
    static class Wiring {
        @Bean
        Pages pages(Statements statements, Commands commands, Outgoing outgoing) {
            return new Pages(statements, commands, outgoing);
        }

        @Bean
        Statements statements() throws Exception {
            return new Statements(System.getProperty("secrets.jdbc"));
        }

        @Bean
        Commands commands() {
            return new Commands(URI.create(System.getProperty("secrets.redis")));
        }

        @Bean
        Outgoing outgoing() {
            return new Outgoing(RestClient.create());
        }
    }
}
