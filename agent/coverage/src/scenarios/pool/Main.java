import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * What every pool does: lends connections in turn, lends all it has, lets one borrower give up and another one wait for what comes
 * back. {@code Source}, in the folder of each pool, opens it.
 */
public final class Main {
    private static final int SIZE = 2;
    private static final int IN_TURN = 4;
    private static final String WAIT = "db.client.connection.wait_time";

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        DataSource pool = Source.open("jdbc:h2:mem:lent;DB_CLOSE_DELAY=-1", SIZE);
        for (int i = 0; i < IN_TURN; i++) {
            try (Connection connection = pool.getConnection()) {
                System.out.println("lent " + one(connection));
            }
        }
        Connection first = pool.getConnection();
        Connection second = pool.getConnection();
        Expect.awaitExport();
        giveUp(pool);
        Thread third = new Thread(() -> {
            try (Connection connection = pool.getConnection()) {
                System.out.println("waited for " + one(connection));
            } catch (SQLException failed) {
                System.out.println("not lent: " + failed.getClass());
            }
        });
        third.start();
        awaitWaiting(third);
        first.close();
        third.join();
        System.out.println("still lent " + one(second));
        second.close();
        second.close();
        Expect.awaitExport();
        Source.close(pool);
        expect();
    }

    /** A connection that comes back while a borrower is on its way to wait can be missed: Agroal 1.9 does, with and without an agent. */
    private static void awaitWaiting(Thread borrower) throws InterruptedException {
        while (borrower.getState() != Thread.State.WAITING && borrower.getState() != Thread.State.TIMED_WAITING) {
            if (!borrower.isAlive()) {
                throw new IllegalStateException("the third borrower did not wait");
            }
            Thread.sleep(1);
        }
    }

    private static int one(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 1")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void giveUp(DataSource pool) {
        try (Connection none = pool.getConnection()) {
            System.out.println("lent although none was left: " + none.isClosed());
        } catch (SQLException expected) {
            System.out.println("gave up: " + expected.getClass() + " " + (expected.getCause() == null ? "" : "caused"));
        }
    }

    private static void expect() {
        String name = "db.client.connection.pool.name=" + Source.NAME;
        Expect.count(WAIT, IN_TURN + 3, name, "error.type=");
        Expect.count(WAIT, 1, name, "error.type=" + Source.GAVE_UP);
        Expect.count(WAIT, IN_TURN + 4);
        if (Source.TELLS_USE) {
            Expect.count("db.client.connection.use_time", IN_TURN + 3, name);
        }
        Expect.sum("db.client.connection.timeouts", 1, name);
        if (Source.CREATED > 0) {
            Expect.count("db.client.connection.create_time", Source.CREATED, name);
        }
        if (Source.TELLS_SIZE) {
            Expect.max("db.client.connection.count", 2, name, "db.client.connection.state=used");
            Expect.last("db.client.connection.count", 0, name, "db.client.connection.state=used");
            Expect.max("db.client.connection.max", SIZE, name);
        }
        Expect.count("db.client.operation.duration", IN_TURN + 2, "db.operation.name=SELECT");
    }
}
