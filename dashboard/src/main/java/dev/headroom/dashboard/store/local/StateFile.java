package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.StoreUnusableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * What is not measurements: settings that people made, incidents, the history of budgets, and what happened to the store. Small and never deleted. When it is damaged it
 * is set aside and an empty one begun. Thread-safe.
 */
final class StateFile {
    static final String NAME = "state.db";

    private static final List<String> OWN = List.of("""
            CREATE TABLE IF NOT EXISTS setting (
              kind TEXT NOT NULL,
              name TEXT NOT NULL,
              text TEXT NOT NULL,
              PRIMARY KEY (kind, name)) WITHOUT ROWID
            """, """
            CREATE TABLE IF NOT EXISTS event (
              id INTEGER PRIMARY KEY,
              time INTEGER NOT NULL,
              kind TEXT NOT NULL,
              tier TEXT NOT NULL,
              file TEXT NOT NULL,
              from_time INTEGER,
              to_time INTEGER,
              bytes INTEGER NOT NULL,
              reason TEXT NOT NULL)
            """, StateRuns.TABLE);
    private static final List<String> TABLES = Stream.of(OWN, StateIncidents.TABLES, StateHistory.TABLES)
            .flatMap(List::stream)
            .toList();

    private final Path directory;
    private final SqliteConnections connections;
    private final BiConsumer<Path, String> damaged;
    private final Object replacing = new Object();
    private volatile SqliteFile file;

    /**
     * @param damaged told of the name that the damaged file has now, and of the error
     * @throws StoreUnusableException when it cannot be created
     */
    StateFile(Path directory, SqliteConnections connections, BiConsumer<Path, String> damaged) {
        this.directory = directory;
        this.connections = connections;
        this.damaged = damaged;
        Path path = directory.resolve(NAME);
        this.file = new SqliteFile(path, connections, new Keeper());
        if (Files.exists(path)) {
            try {
                write(StateFile::createTables);
            } catch (StoreUnusableException failure) {
                // damaged: it has been replaced by now; anything else shows again at the first use
                if (!Files.exists(path)) {
                    throw failure;
                }
            }
        } else {
            create();
        }
    }

    private static int createTables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.executeUpdate(table);
            }
        }
        return TABLES.size();
    }

    private void create() {
        try {
            FileFormat.create(directory, NAME, TABLES);
        } catch (SQLException | IOException failure) {
            throw new StoreUnusableException(
                    "The store's file " + directory.resolve(NAME).toAbsolutePath() + " cannot be created: "
                            + failure.getMessage() + ". Make room on its disk, or set headroom.store.path.",
                    failure);
        }
    }

    <T> Optional<T> read(SqliteFile.Query<T> query) {
        return file.read(query);
    }

    <T> T write(SqliteFile.Query<T> query) {
        return file.write(query);
    }

    SqliteFile file() {
        return file;
    }

    private final class Keeper implements SqliteFile.Keeper {
        @Override
        public void lost(SqliteFile lost, String error) {
            synchronized (replacing) {
                if (lost != file) {
                    return;
                }
                lost.retire(() -> replace(lost, error));
            }
        }

        private void replace(SqliteFile lost, String error) {
            Path aside = AsideFiles.free(lost.path());
            try {
                SqliteFile.moveAll(lost.path(), aside);
                SqliteFile.deleteAll(lost.path());
            } catch (IOException failure) {
                damaged.accept(lost.path(), error + "; it could not be set aside: " + failure);
                return;
            }
            create();
            file = new SqliteFile(lost.path(), connections, new Keeper());
            damaged.accept(aside, error);
        }

        @Override
        public void refused(SqliteFile refused, SqliteFailure failure, String error) {
            // whoever asked is told by the exception
        }
    }
}
