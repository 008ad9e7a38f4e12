import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** An application over a driver that does what no driver should, see {@link HostileDriver}; each of its calls counts once. */
public final class Main {
    private static final String DURATION = "db.client.operation.duration";

    private Main() {}

    public static void main(String[] arguments) throws SQLException {
        DriverManager.registerDriver(new HostileDriver());
        try (Connection connection = DriverManager.getConnection("jdbc:hostile:shop")) {
            try (Statement statement = connection.createStatement()) {
                System.out.println(statement.executeUpdate("update pets set name = 'x'"));
                statement.addBatch("insert into pets values (1)");
                statement.addBatch("delete from pets");
                System.out.println(statement.executeBatch().length);
                try {
                    statement.executeQuery("select broken from pets");
                } catch (SQLException expected) {
                    System.out.println(expected.getMessage());
                }
                try {
                    statement.executeQuery("select error from pets");
                } catch (AbstractMethodError expected) {
                    System.out.println("error " + expected.getMessage());
                }
            }
            try (PreparedStatement prepared = connection.prepareStatement("select id from pets where id = ?")) {
                prepared.setInt(1, 1);
                try (ResultSet pets = prepared.executeQuery()) {
                    while (pets.next()) {
                        System.out.println("pet");
                    }
                }
                prepared.addBatch();
                prepared.addBatch();
                System.out.println(prepared.executeBatch().length);
            }
            System.out.println(connection.isValid(1));
            connection.commit();
        }
        System.out.println("asked " + HostileDriver.asked());
        Expect.count(DURATION, 1, "db.operation.name=UPDATE");
        Expect.count(DURATION, 1, "db.operation.name=BATCH MIXED");
        Expect.count(DURATION, 1, "db.operation.name=SELECT", "error.type=java.sql.SQLException");
        Expect.count(DURATION, 1, "db.operation.name=SELECT", "error.type=java.lang.AbstractMethodError");
        Expect.count(DURATION, 3, "db.operation.name=SELECT");
        Expect.count(DURATION, 1, "db.operation.name=BATCH SELECT");
        Expect.count(DURATION, 1, "db.operation.name=COMMIT");
        Expect.count(DURATION, 7);
    }
}
