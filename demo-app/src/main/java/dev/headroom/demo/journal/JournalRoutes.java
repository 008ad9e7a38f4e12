package dev.headroom.demo.journal;

import dev.headroom.demo.mode.ModeSwitch;
import dev.headroom.demo.paging.Page;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClientException;

/** The same routes three times: the naive way, the optimised way, and whichever the switch says. */
abstract class JournalRoutes {
    private static final int LARGEST_PAGE = 100;

    private final Supplier<Journal> journal;

    JournalRoutes(Supplier<Journal> journal) {
        this.journal = journal;
    }

    @GetMapping("/journal/entries")
    Page<Journal.Entry> entries(
            @RequestParam("user_id") long userId,
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(name = "page_size", defaultValue = "20") int pageSize,
            @RequestParam @Nullable String cursor) {
        return journal.get().entries(userId, Math.max(1, page), Math.min(Math.max(1, pageSize), LARGEST_PAGE), cursor);
    }

    @PostMapping("/journal/entries")
    Written write(@RequestBody NewEntry entry) {
        return new Written(journal.get().write(entry.userId(), entry.mood(), entry.text()));
    }

    @GetMapping("/profiles/{userId}")
    ResponseEntity<Journal.Profile> profile(@PathVariable long userId) {
        return ResponseEntity.of(journal.get().profile(userId));
    }

    @GetMapping("/users")
    List<Journal.User> users(@RequestParam List<Long> ids) {
        return journal.get().users(ids);
    }

    @GetMapping("/conversations/{userId}")
    List<Journal.Line> conversation(@PathVariable long userId) {
        return journal.get().conversation(userId);
    }

    @PostMapping("/chat")
    ResponseEntity<Journal.Reply> chat(@RequestBody Message message) {
        Journal.Reply reply = journal.get().chat(message.userId(), message.text());
        return ResponseEntity.ok()
                .header("X-Cache", reply.cached() ? "hit" : "miss")
                .body(reply);
    }

    @ExceptionHandler
    ResponseEntity<String> modelSilent(RestClientException silent) {
        return ResponseEntity.status(502).body("The language model gave no answer. Send the message again.");
    }

    record NewEntry(long userId, int mood, String text) {}

    record Written(long id) {}

    record Message(long userId, String text) {}

    @RestController
    @RequestMapping("/naive")
    static class Naive extends JournalRoutes {
        Naive(NaiveJournal journal) {
            super(() -> journal);
        }
    }

    @RestController
    @RequestMapping("/optimised")
    static class Optimised extends JournalRoutes {
        Optimised(OptimisedJournal journal) {
            super(() -> journal);
        }
    }

    @RestController
    @RequestMapping("/api")
    static class Switched extends JournalRoutes {
        Switched(ModeSwitch mode, NaiveJournal naive, OptimisedJournal optimised) {
            super(() -> mode.pick(naive, optimised));
        }
    }
}
