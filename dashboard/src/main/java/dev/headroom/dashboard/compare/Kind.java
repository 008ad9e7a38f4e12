package dev.headroom.dashboard.compare;

/** What sort of operation it is. */
public enum Kind {
    ROUTE("route", "/routes"),
    STATEMENT("statement", "/queries"),
    CACHE("cache", "/caches"),
    CALL("call", "/calls");

    private final String word;
    private final String list;

    Kind(String word, String list) {
        this.word = word;
        this.list = list;
    }

    public String word() {
        return word;
    }

    /** The path of the list that it is a row of. */
    public String list() {
        return list;
    }
}
