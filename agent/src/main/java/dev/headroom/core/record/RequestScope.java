package dev.headroom.core.record;

/**
 * What one served request did so far on its thread: statements, rows, cache lookups. A server hook begins and ends it; database
 * and cache hooks add to it. Used by its own thread only.
 */
public final class RequestScope {
    private boolean active;
    private int statements;
    private int writes;
    private long rows;
    private int cacheHits;
    private int cacheMisses;

    public void begin() {
        active = true;
        statements = 0;
        writes = 0;
        rows = 0;
        cacheHits = 0;
        cacheMisses = 0;
    }

    public void end() {
        active = false;
    }

    public boolean active() {
        return active;
    }

    public void statement(boolean write) {
        statements++;
        if (write) {
            writes++;
        }
    }

    public void rows(long read) {
        rows += read;
    }

    public void cache(boolean hit) {
        if (hit) {
            cacheHits++;
        } else {
            cacheMisses++;
        }
    }

    /** SQL statements so far. */
    public int statements() {
        return statements;
    }

    /** Of these, statements that change data. */
    public int writes() {
        return writes;
    }

    public long rows() {
        return rows;
    }

    public int cacheHits() {
        return cacheHits;
    }

    public int cacheMisses() {
        return cacheMisses;
    }
}
