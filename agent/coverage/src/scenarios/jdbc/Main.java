import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What every driver does: statements, prepared ones, batches, generated keys, an error, transactions. */
public final class Main {
    private static final String DURATION = "db.client.operation.duration";
    private static final String ROWS = "db.client.response.returned_rows";
    private static final String SYSTEM = "db.system.name=" + System.getProperty("jdbc.system");
    private static final String DATABASE = "db.namespace=" + System.getProperty("jdbc.database");

    private Main() {}

    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                System.getProperty(System.getProperty("jdbc.url.from", "jdbc.url")),
                System.getProperty("jdbc.user", ""),
                System.getProperty("jdbc.password", ""))) {
            System.out.println("valid " + connection.isValid(1));
            create(connection);
            write(connection);
            read(connection);
            fail(connection);
            transactions(connection);
        }
        expect();
    }

    private static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table pets (id int primary key, name varchar(50))");
            System.out.println("inserted " + statement.executeUpdate("insert into pets values (1, 'Rex')"));
        }
    }

    private static void write(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into pets (id, name) values (?, ?)");
                Statement statement = connection.createStatement()) {
            for (int id = 2; id <= 4; id++) {
                System.out.println("inserted " + bind(insert, id).executeUpdate());
            }
            for (int id = 5; id <= 9; id++) {
                bind(insert, id).addBatch();
            }
            System.out.println("batch of " + insert.executeBatch().length);
            statement.addBatch("insert into pets values (20, 'x')");
            statement.addBatch("update pets set name = 'y' where id < 3");
            statement.addBatch("delete from pets where id = 20");
            System.out.println("batch of " + statement.executeBatch().length);
        }
    }

    private static PreparedStatement bind(PreparedStatement insert, int id) throws SQLException {
        insert.setInt(1, id);
        insert.setString(2, "pet " + id);
        return insert;
    }

    private static void read(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select id, name from pets where id > ? order by id");
                Statement statement = connection.createStatement()) {
            for (int above : new int[] {0, 5}) {
                select.setInt(1, above);
                try (ResultSet pets = select.executeQuery()) {
                    while (pets.next()) {
                        System.out.print(pets.getInt(1) + pets.getString(2) + " ");
                    }
                }
            }
            System.out.println(statement.execute("select name from pets where id in (1, 2, 3)"));
            try (ResultSet pets = statement.getResultSet()) {
                while (pets.next()) {
                    System.out.println(pets.getString(1));
                }
            }
        }
    }

    private static void fail(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeQuery("select missing from nowhere where a = 'secret'");
        } catch (SQLException expected) {
            System.out.println(expected.getClass() + " " + expected.getSQLState());
            Expect.count(DURATION, 1, SYSTEM, DATABASE, "error.type=" + expected.getClass().getName());
        }
    }

    private static void transactions(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement("insert into pets (id, name) values (?, ?)")) {
            bind(insert, 30).executeUpdate();
            connection.rollback();
            bind(insert, 31).executeUpdate();
            connection.commit();
        }
        connection.setAutoCommit(true);
        try (PreparedStatement insert = connection.prepareStatement("insert into pets (id, name) values (?, ?)")) {
            bind(insert, 40).addBatch();
            bind(insert, 41).addBatch();
            insert.executeBatch(); // runs nothing else, so that nothing else told its text
        }
    }

    private static void expect() {
        String insert = "db.operation.name=INSERT";
        String select = "db.operation.name=SELECT";
        Expect.count(DURATION, 1, SYSTEM, DATABASE, "db.operation.name=CREATE");
        Expect.count(DURATION, 1 + 3 + 2, SYSTEM, DATABASE, insert);
        Expect.count(DURATION, 1 + 1, SYSTEM, DATABASE, "db.operation.name=BATCH INSERT");
        Expect.count(DURATION, 1, SYSTEM, DATABASE, "db.operation.name=BATCH MIXED");
        Expect.count(DURATION, 2 + 1 + 1, SYSTEM, DATABASE, select);
        Expect.count(DURATION, 1, SYSTEM, DATABASE, "db.operation.name=COMMIT");
        Expect.count(DURATION, 1, SYSTEM, DATABASE, "db.operation.name=ROLLBACK");
        Expect.count(DURATION, 16);
        Expect.count(
                DURATION, 2, SYSTEM, DATABASE, "db.query.text=SELECT id, name FROM pets WHERE id > ? ORDER BY id");
        Expect.sum(ROWS, 1 + 3 + 5 + 4 + 9 + 4 + 3 + 2 + 2, SYSTEM);
    }
}
