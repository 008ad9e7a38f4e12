package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.SeriesKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives services, senders, metrics and series the short numbers that a file's rows name them by. New names are inserted in the open
 * transaction; after a rollback {@link #forget} reads them again. Used by the thread that writes the file.
 */
final class NameWriter {
    /** Held in memory at most; beyond that everything is read again when it is needed. */
    private static final int MOST_SERIES = 200_000;

    /** A series and its number in this file. */
    record Known(int id, Series series) {}

    private static final class Service {
        private final int id;
        private final Map<Series, Known> series = new HashMap<>();
        private final Map<String, Integer> senders = new HashMap<>();

        Service(int id) {
            this.id = id;
        }
    }

    private final Statements statements;
    private final SeriesPool pool;
    private final Map<String, Service> services = new HashMap<>();
    private final Map<String, Integer> metrics = new HashMap<>();
    private int held;

    NameWriter(Statements statements, SeriesPool pool) {
        this.statements = statements;
        this.pool = pool;
    }

    int service(String name) throws SQLException {
        return of(name).id;
    }

    private Service of(String name) throws SQLException {
        Service known = services.get(name);
        if (known != null) {
            return known;
        }
        Long stored = statements.number("SELECT id FROM service WHERE name = ?", name);
        Service service = new Service(Math.toIntExact(
                stored != null ? stored : statements.insert("INSERT INTO service (name) VALUES (?)", name)));
        Names names = Names.read(statements.connection(), pool, name);
        names.each((id, series) -> service.series.put(series, new Known(id, series)));
        held += service.series.size();
        services.put(name, service);
        return service;
    }

    int metric(String name) throws SQLException {
        Integer known = metrics.get(name);
        if (known != null) {
            return known;
        }
        Long stored = statements.number("SELECT id FROM metric WHERE name = ?", name);
        int id = Math.toIntExact(
                stored != null ? stored : statements.insert("INSERT INTO metric (name) VALUES (?)", name));
        metrics.put(name, id);
        return id;
    }

    Known series(String service, SeriesKey key) throws SQLException {
        Service of = of(service);
        Known known = of.series.get(new Series(key));
        return known != null ? known : insert(of, pool.of(key));
    }

    int series(String service, Series series) throws SQLException {
        Service of = of(service);
        Known known = of.series.get(series);
        return (known != null ? known : insert(of, series)).id;
    }

    private Known insert(Service service, Series series) throws SQLException {
        long id = statements.insert(
                "INSERT INTO series (service, metric, attributes) VALUES (?, ?, ?)",
                service.id,
                metric(series.metric()),
                Keys.write(series.key().attributes()));
        Known known = new Known(Math.toIntExact(id), series);
        service.series.put(series, known);
        held++;
        return known;
    }

    /** The number of the sender in a tier's file; 0, which no sender has, for null. */
    int sender(String service, @Nullable String instance) throws SQLException {
        if (instance == null) {
            return 0;
        }
        Service of = of(service);
        Integer known = of.senders.get(instance);
        if (known != null) {
            return known;
        }
        try (ResultSet row = statements
                .with("SELECT id FROM sender WHERE service = ? AND instance = ?", of.id, instance)
                .executeQuery()) {
            if (row.next()) {
                int id = row.getInt(1);
                of.senders.put(instance, id);
                return id;
            }
        }
        int id = Math.toIntExact(
                statements.insert("INSERT INTO sender (service, instance) VALUES (?, ?)", of.id, instance));
        of.senders.put(instance, id);
        return id;
    }

    /** Between transactions: lets go of everything when it has become much. */
    void trim() {
        if (held > MOST_SERIES) {
            forget();
        }
    }

    /** After a rollback: what was inserted is not there. */
    void forget() {
        services.clear();
        metrics.clear();
        held = 0;
    }
}
