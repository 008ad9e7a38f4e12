package dev.headroom.demo.tasks;

import dev.headroom.demo.mode.ModeSwitch;
import dev.headroom.demo.paging.Page;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The same routes three times: the naive way, the optimised way, and whichever the switch says. */
abstract class TaskRoutes {
    private static final int LARGEST_PAGE = 100;

    private final Supplier<Tasks> tasks;

    TaskRoutes(Supplier<Tasks> tasks) {
        this.tasks = tasks;
    }

    @GetMapping("/users/{id}")
    ResponseEntity<Tasks.User> user(@PathVariable long id) {
        return ResponseEntity.of(tasks.get().user(id));
    }

    @GetMapping("/users/by-email")
    ResponseEntity<Tasks.User> byEmail(@RequestParam String email) {
        return ResponseEntity.of(tasks.get().byEmail(email));
    }

    @GetMapping("/users/by-username")
    ResponseEntity<Tasks.User> byUsername(@RequestParam String username) {
        return ResponseEntity.of(tasks.get().byUsername(username));
    }

    @GetMapping("/users")
    Page<Tasks.User> users(
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam @Nullable String cursor) {
        return tasks.get().users(Math.max(1, page), Math.min(Math.max(1, limit), LARGEST_PAGE), cursor);
    }

    @GetMapping("/users/{id}/preferences")
    ResponseEntity<Tasks.Preferences> preferences(@PathVariable long id) {
        return ResponseEntity.of(tasks.get().preferences(id));
    }

    @GetMapping("/users/{id}/open-tasks")
    long openTasks(@PathVariable long id) {
        return tasks.get().openTasks(id);
    }

    @PostMapping("/users")
    ResponseEntity<Void> create(@RequestBody Tasks.NewUser user) {
        return ResponseEntity.created(URI.create("/users/" + tasks.get().create(user)))
                .build();
    }

    @PostMapping("/users/bulk")
    int createAll(@RequestBody List<Tasks.NewUser> users) {
        return tasks.get().createAll(users);
    }

    @PutMapping("/users/{id}")
    ResponseEntity<Void> rename(@PathVariable long id, @RequestParam String name) {
        return answer(tasks.get().rename(id, name));
    }

    @DeleteMapping("/users/{id}")
    ResponseEntity<Void> delete(@PathVariable long id) {
        return answer(tasks.get().delete(id));
    }

    /** The pool gave no connection in time, or the database is away. */
    @ExceptionHandler({CannotCreateTransactionException.class, DataAccessResourceFailureException.class})
    ResponseEntity<String> noConnection() {
        return ResponseEntity.status(503).body("The database has no connection to spare. Try again.");
    }

    private static ResponseEntity<Void> answer(boolean existed) {
        return existed
                ? ResponseEntity.noContent().build()
                : ResponseEntity.notFound().build();
    }

    @RestController
    @RequestMapping("/naive")
    static class Naive extends TaskRoutes {
        Naive(NaiveTasks tasks) {
            super(() -> tasks);
        }
    }

    @RestController
    @RequestMapping("/optimised")
    static class Optimised extends TaskRoutes {
        Optimised(OptimisedTasks tasks) {
            super(() -> tasks);
        }
    }

    @RestController
    @RequestMapping("/api")
    static class Switched extends TaskRoutes {
        Switched(ModeSwitch mode, NaiveTasks naive, OptimisedTasks optimised) {
            super(() -> mode.pick(naive, optimised));
        }
    }
}
