package dev.headroom.soak;

/** What a {@link SoakProgram} says of itself at its end. */
public enum Made {
    /** SQL statements executed. */
    STATEMENTS,
    /** Rows read or changed. */
    ROWS,
    /** Commands that the Redis server received. */
    REDIS_COMMANDS,
    /** GET commands sent. */
    REDIS_GETS,
    /** Requests that the HTTP server received. */
    HTTP_REQUESTS,
    /** Bytes in use after full collections, when all caches had been filled. */
    HEAP_EARLY,
    /** Bytes in use after full collections, at the end. */
    HEAP_END
}
