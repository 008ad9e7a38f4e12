package dev.headroom.core.hook.jdbc;

import dev.headroom.sql.SqlDialect;
import dev.headroom.sql.SqlFingerprint;
import dev.headroom.sql.SqlOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of all statements seen, at most {@link #MAX_SHAPES}; what comes later shares the overflow shape. Thread-safe;
 * finding a known shape takes no lock and allocates nothing.
 */
final class SqlShapes {
    static final int MAX_SHAPES = 2_000;

    private static final int SLOTS = 4_096;
    private static final int CACHED_TEXTS = 1_024;

    /** A longer text is read each time rather than kept. */
    private static final int MAX_CACHED_TEXT = 4_096;

    /** A batch of more different statements than this has no text of its own. */
    static final int MAX_BATCHED_SHAPES = 8;

    private final AtomicReferenceArray<SqlShape> shapes = new AtomicReferenceArray<>(SLOTS);
    private final AtomicInteger size = new AtomicInteger();
    private final SqlShape overflow = SqlShape.overflow();
    private volatile boolean anyPaged;
    private final AtomicReferenceArray<Cached> texts = new AtomicReferenceArray<>(CACHED_TEXTS);

    /** Hash of the text that last came to a place without being remembered. Read and written without order: a guess. */
    private final int[] lastSeen = new int[CACHED_TEXTS];

    /** The shape of a text that is likely to come again, as those of prepared statements are. */
    SqlShape ofPrepared(String sql, SqlDialect dialect, SqlFingerprint fingerprint) {
        if (sql.length() > MAX_CACHED_TEXT) {
            return read(sql, dialect, fingerprint);
        }
        int slot = slot(sql);
        SqlShape cached = cached(sql, dialect, slot);
        return cached == null ? remember(sql, dialect, slot, read(sql, dialect, fingerprint)) : cached;
    }

    /**
     * The shape of a text that may be a constant, or one with literals in it that never comes again: it is remembered when it
     * comes a second time with no other in its place between.
     */
    SqlShape of(String sql, SqlDialect dialect, SqlFingerprint fingerprint) {
        if (sql.length() > MAX_CACHED_TEXT) {
            return read(sql, dialect, fingerprint);
        }
        int slot = slot(sql);
        SqlShape cached = cached(sql, dialect, slot);
        if (cached != null) {
            return cached;
        }
        SqlShape shape = read(sql, dialect, fingerprint);
        int hash = sql.hashCode();
        if (lastSeen[slot] == hash) {
            remember(sql, dialect, slot, shape);
        } else {
            lastSeen[slot] = hash;
        }
        return shape;
    }

    private static int slot(String sql) {
        int hash = sql.hashCode();
        return (hash ^ (hash >>> 15)) & (CACHED_TEXTS - 1);
    }

    private @Nullable SqlShape cached(String sql, SqlDialect dialect, int slot) {
        Cached first = texts.get(slot);
        if (first != null && first.matches(sql, dialect)) {
            return first.shape;
        }
        Cached second = texts.get(slot ^ 1);
        return second != null && second.matches(sql, dialect) ? second.shape : null;
    }

    private SqlShape remember(String sql, SqlDialect dialect, int slot, SqlShape shape) {
        boolean otherPlace = texts.get(slot) != null && texts.get(slot ^ 1) == null;
        texts.set(otherPlace ? slot ^ 1 : slot, new Cached(sql, dialect, shape));
        return shape;
    }

    private SqlShape read(String sql, SqlDialect dialect, SqlFingerprint fingerprint) {
        long hash = fingerprint.hash(sql, dialect);
        SqlShape known = find(hash);
        if (known != null) {
            return known;
        }
        SqlFingerprint.Description description = fingerprint.describe(sql, dialect);
        return add(description, description.operation.equals("SELECT") && new SqlOffset().read(sql, dialect));
    }

    /** Whether one of them says how many rows to skip; a guess while the first is coming. */
    boolean anyPaged() {
        return anyPaged;
    }

    /** One shape for a batch of different statements. */
    SqlShape ofBatch(List<SqlShape> distinct) {
        if (distinct.size() == 1) {
            return distinct.get(0).batched();
        }
        if (distinct.size() > MAX_BATCHED_SHAPES) {
            return add(new SqlFingerprint.Description(1, "mixed batch", "MIXED"), false)
                    .batched();
        }
        long hash = 1;
        StringBuilder text = new StringBuilder();
        for (SqlShape each : distinct) {
            hash = hash * 0x9E3779B97F4A7C15L + each.hash;
            text.append(text.length() == 0 ? "" : "; ").append(each.text());
        }
        text.setLength(Math.min(text.length(), SqlFingerprint.MAX_TEXT));
        SqlShape known = find(hash);
        return (known == null ? add(new SqlFingerprint.Description(hash, text.toString(), "MIXED"), false) : known)
                .batched();
    }

    SqlShape overflow() {
        return overflow;
    }

    private @Nullable SqlShape find(long hash) {
        int slot = slot(hash);
        for (SqlShape shape = shapes.get(slot); shape != null; shape = shapes.get(slot)) {
            if (shape.hash == hash) {
                return shape;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        return null;
    }

    private SqlShape add(SqlFingerprint.Description description, boolean paged) {
        if (paged) {
            anyPaged = true;
        }
        int slot = slot(description.hash);
        SqlShape created = null;
        while (true) {
            SqlShape occupant = shapes.get(slot);
            if (occupant == null) {
                if (created == null) {
                    if (size.get() >= MAX_SHAPES) {
                        return overflow;
                    }
                    size.incrementAndGet(); // Threads that pass here together may exceed the cap by their number.
                    created = new SqlShape(description, paged);
                }
                if (shapes.compareAndSet(slot, null, created)) {
                    return created;
                }
            } else if (occupant.hash == description.hash) {
                if (created != null) {
                    size.decrementAndGet();
                }
                return occupant;
            } else {
                slot = (slot + 1) & (SLOTS - 1);
            }
        }
    }

    private static int slot(long hash) {
        return (int) (hash ^ (hash >>> 32)) & (SLOTS - 1);
    }

    /** A text and its shape. Immutable. */
    private static final class Cached {
        private final String sql;
        private final SqlDialect dialect;
        private final SqlShape shape;

        Cached(String sql, SqlDialect dialect, SqlShape shape) {
            this.sql = sql;
            this.dialect = dialect;
            this.shape = shape;
        }

        boolean matches(String other, SqlDialect otherDialect) {
            return dialect == otherDialect && sql.equals(other);
        }
    }
}
