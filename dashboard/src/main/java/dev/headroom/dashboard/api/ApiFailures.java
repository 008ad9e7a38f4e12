package dev.headroom.dashboard.api;

import dev.headroom.dashboard.budget.file.BudgetFileException;
import dev.headroom.dashboard.refusal.RefusedException;
import dev.headroom.dashboard.store.StoreUnusableException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What is refused, as JSON. */
@RestControllerAdvice
class ApiFailures {
    record Answer(String error, String found, String expected, String hint) {}

    @ExceptionHandler
    ResponseEntity<Answer> refused(RefusedException refused) {
        HttpStatus status = switch (refused.kind()) {
            case BAD -> HttpStatus.BAD_REQUEST;
            case FORBIDDEN -> HttpStatus.FORBIDDEN;
            case UNKNOWN -> HttpStatus.NOT_FOUND;
            case CONFLICT -> HttpStatus.CONFLICT;
            case BUSY -> HttpStatus.TOO_MANY_REQUESTS;
        };
        return ResponseEntity.status(status)
                .body(new Answer(refused.error(), refused.found(), refused.expected(), refused.hint()));
    }

    @ExceptionHandler
    ResponseEntity<Answer> wrongBudgets(BudgetFileException wrong) {
        return ResponseEntity.badRequest()
                .body(new Answer(
                        "The budget file is wrong",
                        String.valueOf(wrong.getMessage()),
                        "a budget file",
                        "java -jar headroom-dashboard.jar validate <file> says the same without a dashboard."));
    }

    @ExceptionHandler
    ResponseEntity<Answer> storeUnusable(StoreUnusableException failure) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .body(new Answer(
                        "The store cannot be read",
                        String.valueOf(failure.getMessage()),
                        "a readable store",
                        "See the dashboard's log."));
    }
}
