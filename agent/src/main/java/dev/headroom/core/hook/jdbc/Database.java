package dev.headroom.core.hook.jdbc;

import dev.headroom.catalog.Attribute;
import dev.headroom.core.record.Attributes;
import dev.headroom.sql.SqlDialect;
import org.jspecify.annotations.Nullable;

/** One database as calls to it are labelled. Immutable; one instance for each, see {@link Databases}. */
final class Database {
    final SqlDialect dialect;

    /** System and, where known, name. */
    final Attributes attributes;

    /** The system alone. */
    final Attributes system;

    /** Of its connections. */
    final Transactions transactions;

    Database(String systemName, @Nullable String namespace) {
        this.dialect = SqlDialect.of(systemName);
        this.system = Attributes.of(Attribute.DB_SYSTEM, systemName);
        this.attributes = namespace == null ? system : system.with(Attribute.DB_NAMESPACE, namespace);
        this.transactions = new Transactions(attributes);
    }
}
