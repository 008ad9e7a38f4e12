package sample;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Fixtures: a database of orders for each test, whose statements count in no scope. */
abstract class SampleDatabase {
    static final boolean REPAIRED = Boolean.getBoolean("sample.repaired");

    Connection connection;
    OrderService service;

    @BeforeEach
    void connect() throws SQLException {
        connection = DriverManager.getConnection("jdbc:h2:mem:");
        service = new OrderService(connection);
        service.create();
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }
}
