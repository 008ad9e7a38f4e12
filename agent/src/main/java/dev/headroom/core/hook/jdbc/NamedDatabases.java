package dev.headroom.core.hook.jdbc;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One {@link Database} for each system and name. Thread-safe. */
final class NamedDatabases {
    /** Tenants with a database each; what comes later goes by its system alone. */
    private static final int MAX_DATABASES = 500;

    private final ConcurrentHashMap<String, Database> known = new ConcurrentHashMap<>();

    /** @param namespace null where nobody knows it */
    Database of(String system, @Nullable String namespace) {
        String admitted = known.size() < MAX_DATABASES ? namespace : null;
        String key = admitted == null ? system : system + '/' + namespace;
        Database database = known.get(key);
        if (database == null) {
            Database created = new Database(system, admitted);
            Database other = known.putIfAbsent(key, created);
            database = other == null ? created : other;
        }
        return database;
    }
}
