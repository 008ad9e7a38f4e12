package dev.headroom.dashboard.store.local;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names of services in files as readers need them; the least recently used leave first. Thread-safe. */
final class NameCache {
    private static final int MOST_NAMES = 400_000;

    private record Of(PeriodFile file, String service) {}

    private final SeriesPool pool;
    private final StoreEvents events;
    private final Object lock = new Object();
    private final Map<Of, Names> names = new LinkedHashMap<>(64, 0.75f, true);
    private int held;

    NameCache(SeriesPool pool, StoreEvents events) {
        this.events = events;
        this.pool = pool;
    }

    /** For one reading. */
    Fold fold(@Nullable Set<String> by) {
        return new Fold(pool, by);
    }

    /** For one reading of one file. */
    Lookup in(PeriodFile file, Connection connection, String service) throws SQLException {
        return new Lookup(file, connection, service);
    }

    private @Nullable Names get(Of of) {
        synchronized (lock) {
            return names.get(of);
        }
    }

    private Names read(Of of, Connection connection) throws SQLException {
        Names read = Names.read(connection, pool, of.service);
        synchronized (lock) {
            Names before = names.put(of, read);
            held += read.size() - (before == null ? 0 : before.size());
            Iterator<Names> oldest = names.values().iterator();
            while (held > MOST_NAMES && names.size() > 1) {
                held -= oldest.next().size();
                oldest.remove();
            }
        }
        return read;
    }

    /** Names of one service in one file; read again when a row has a newer one. Used by one thread. */
    final class Lookup {
        private final Of of;
        private final Connection connection;
        private Names names;

        private Lookup(PeriodFile file, Connection connection, String service) throws SQLException {
            this.of = new Of(file, service);
            this.connection = connection;
            Names known = get(of);
            this.names = known == null || known.service() == 0 ? read(of, connection) : known;
        }

        /** A row of the file was skipped. */
        void damaged(DamagedRowException row) {
            events.damagedRow(of.file, String.valueOf(row.getMessage()));
        }

        /** 0 when the file has nothing of the service. */
        int service() {
            return names.service();
        }

        /** 0 when the file does not know the metric. */
        int metric(String name) throws SQLException {
            int id = names.metric(name);
            if (id == 0 && added(name)) {
                names = read(of, connection);
                id = names.metric(name);
            }
            return id;
        }

        /** Budgets ask for many metrics that nobody sends: reading every name again for each was most of an evaluation. */
        private boolean added(String metric) throws SQLException {
            try (PreparedStatement query = connection.prepareStatement("SELECT 1 FROM metric WHERE name = ?")) {
                query.setString(1, metric);
                try (ResultSet row = query.executeQuery()) {
                    return row.next();
                }
            }
        }

        /** Every metric of the file. */
        Collection<Integer> metrics() throws SQLException {
            names = read(of, connection);
            return names.metrics();
        }

        Series series(int id) throws SQLException {
            Series known = names.series(id);
            if (known == null) {
                names = read(of, connection);
                known = names.series(id);
            }
            if (known == null) {
                throw new DamagedException("A row names series " + id + ", which the file does not have");
            }
            return known;
        }

        /** Null for 0. */
        @Nullable
        String sender(int id) throws SQLException {
            if (id == 0) {
                return null;
            }
            String known = names.sender(id);
            if (known == null) {
                names = read(of, connection);
                known = names.sender(id);
            }
            if (known == null) {
                throw new DamagedException("A row names sender " + id + ", which the file does not have");
            }
            return known;
        }
    }
}
