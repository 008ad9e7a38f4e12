package dev.headroom.dashboard.api;

import org.springframework.http.HttpStatus;

/** A question that cannot be answered; tells the caller what was found, what was expected and what to do. */
public final class BadQuestion extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final HttpStatus status;
    private final transient Answer answer;

    /** As JSON. */
    public record Answer(String error, String found, String expected, String hint) {}

    public BadQuestion(HttpStatus status, String error, String found, String expected, String hint) {
        super(error + ": found " + found + ", expected " + expected);
        this.status = status;
        this.answer = new Answer(error, found, expected, hint);
    }

    HttpStatus status() {
        return status;
    }

    Answer answer() {
        return answer;
    }
}
