package dev.headroom.core.record;

import org.jspecify.annotations.Nullable;

/**
 * What one served request did, in numbers: statements and how often each shape of them ran, rows, connections, Redis commands, cache
 * lookups, and how long it waited for what. Used by one thread at a time; used again, it allocates nothing.
 */
abstract class RequestCounts {
    private boolean active;
    private int statements;
    private int writes;
    private final ShapeRuns shapes = new ShapeRuns();
    private int opened;
    private long rows;
    private final CacheLevels lookups = new CacheLevels();
    private final RequestParts parts = new RequestParts();
    private final StatementRuns ran = new StatementRuns();
    private int redisCommands;
    private long heldNanos;

    final void beginCounting() {
        active = true;
        statements = 0;
        writes = 0;
        shapes.clear();
        opened = 0;
        rows = 0;
        lookups.clear();
        parts.clear();
        ran.clear();
        redisCommands = 0;
        heldNanos = 0;
    }

    final void endCounting() {
        active = false;
    }

    final void addCounts(RequestCounts other) {
        statements += other.statements;
        writes += other.writes;
        opened += other.opened;
        rows += other.rows;
        lookups.add(other.lookups);
        parts.addAll(other.parts);
        ran.addAll(other.ran);
        redisCommands += other.redisCommands;
        heldNanos += other.heldNanos;
        shapes.addAll(other.shapes);
    }

    public boolean active() {
        return active;
    }

    /** A call for the request, in no other one, has ended after so many nanoseconds. */
    void spent(CallStack.Kind kind, Series series, long itsStart, long nanos) {
        parts.add(kind, itsStart, nanos);
        if (kind == CallStack.Kind.SQL) {
            ran.add(series, 1, nanos);
        }
    }

    /** A statement that neither reads nor writes, or whose shape is not known. */
    public void statement() {
        statements++;
    }

    /** A SELECT. */
    public void read(long shape) {
        statements++;
        if (active) {
            shapes.read(shape);
        }
    }

    /** A statement, or a batch of statements, that changes data. */
    public void write(long shape) {
        statements++;
        writes++;
        if (active) {
            shapes.write(shape);
        }
    }

    public void rows(long read) {
        rows += read;
    }

    /** A connection to a database was opened, not borrowed from a pool. */
    public void connectionOpened() {
        opened++;
    }

    /** Commands that Redis answered; those of a pipeline or transaction one by one. */
    public void redisCommands(int answered) {
        redisCommands += answered;
    }

    /** A connection came back to its pool after so many nanoseconds. */
    public void held(long nanos) {
        heldNanos += nanos;
    }

    /**
     * A lookup in a cache of this JVM. A miss that another cache answers before the next statement is none: the two are levels of one
     * cache.
     */
    public void near(boolean hit) {
        lookups.near(hit, statements);
    }

    public void cache(boolean hit) {
        lookups.far(hit, statements);
    }

    /** SQL statements so far; commits and rollbacks are none. */
    public int statements() {
        return statements;
    }

    /** Of these, statements that change data. */
    public int writes() {
        return writes;
    }

    /** Most runs of one SELECT shape: 1 when none repeats, 0 without any. A hundred rows loaded one by one make it a hundred. */
    public int repeatedReads() {
        return shapes.mostReads();
    }

    /** Most runs of one shape that changes data; a batch is one run. */
    public int repeatedWrites() {
        return shapes.mostWrites();
    }

    public int connectionsOpened() {
        return opened;
    }

    public long rows() {
        return rows;
    }

    /** Different shapes of statements, at most {@value ShapeRuns#MAX_SHAPES}. */
    public int shapes() {
        return shapes.distinct();
    }

    public int redisCommands() {
        return redisCommands;
    }

    /** Calls of that kind so far: of Redis round trips, of outgoing HTTP requests, of pools connections that were asked for. */
    public int calls(CallStack.Kind kind) {
        return parts.calls(kind);
    }

    /** The part of so many nanoseconds of the request that calls of that kind took. */
    public long nanos(CallStack.Kind kind, long total) {
        return parts.nanos(kind, total);
    }

    /** Statements told apart by the series that they are recorded in, at most {@value StatementRuns#MAX}; counted from 0. */
    public int ran() {
        return ran.size();
    }

    public @Nullable Series ran(int index) {
        return ran.series(index);
    }

    public int runs(int index) {
        return ran.runs(index);
    }

    /** Of all its runs together, nanoseconds. */
    public long ranNanos(int index) {
        return ran.nanos(index);
    }

    /** How long connections of pools that came back were in use, together. */
    public long heldNanos() {
        return heldNanos;
    }

    public int cacheHits() {
        return lookups.hits();
    }

    public int cacheMisses() {
        return lookups.misses();
    }
}
