package dev.headroom.dashboard.api;

import dev.headroom.dashboard.access.WrongAccessException;
import dev.headroom.dashboard.store.StoreUnusableException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Questions that cannot be answered, as JSON. */
@RestControllerAdvice
class ApiFailures {
    @ExceptionHandler
    ResponseEntity<BadQuestion.Answer> badQuestion(BadQuestion failure) {
        return ResponseEntity.status(failure.status()).body(failure.answer());
    }

    @ExceptionHandler
    ResponseEntity<BadQuestion.Answer> wrongAccess(WrongAccessException wrong) {
        return ResponseEntity.status(wrong.unknown() ? HttpStatus.NOT_FOUND : HttpStatus.BAD_REQUEST)
                .body(new BadQuestion.Answer(wrong.error(), wrong.found(), wrong.expected(), wrong.hint()));
    }

    @ExceptionHandler
    ResponseEntity<BadQuestion.Answer> storeUnusable(StoreUnusableException failure) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .body(new BadQuestion.Answer(
                        "The store cannot be read",
                        String.valueOf(failure.getMessage()),
                        "a readable store",
                        "See the dashboard's log."));
    }
}
