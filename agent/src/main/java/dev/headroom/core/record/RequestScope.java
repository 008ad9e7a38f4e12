package dev.headroom.core.record;

import org.jspecify.annotations.Nullable;

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
    private @Nullable String route;

    public void begin() {
        active = true;
        route = null;
        statements = 0;
        writes = 0;
        rows = 0;
        cacheHits = 0;
        cacheMisses = 0;
    }

    public void end() {
        active = false;
    }

    /** Takes over what another thread's part of the same request did, so that an asynchronous request keeps one account. */
    public void resume(RequestScope earlier) {
        active = true;
        route = earlier.route;
        statements = earlier.statements;
        writes = earlier.writes;
        rows = earlier.rows;
        cacheHits = earlier.cacheHits;
        cacheMisses = earlier.cacheMisses;
    }

    /** The route template that a framework matched; the first one told wins, since forwards and error pages come later. */
    public void route(String template) {
        if (route == null) {
            route = template;
        }
    }

    /** Null while no framework has told one. */
    public @Nullable String route() {
        return route;
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
