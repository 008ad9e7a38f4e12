package sample;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An application's code: orders with their owners, by one query for each order or by one for all. */
final class OrderService {
    static final int ORDERS = 20;

    private final Connection connection;

    OrderService(Connection connection) {
        this.connection = connection;
    }

    void create() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE owner (id INT PRIMARY KEY, name VARCHAR(20))");
            statement.execute("CREATE TABLE orders (id INT PRIMARY KEY, owner_id INT)");
            for (int id = 0; id < ORDERS; id++) {
                statement.execute("INSERT INTO owner VALUES (" + id + ", 'owner " + id + "')");
                statement.execute("INSERT INTO orders VALUES (" + id + ", " + id + ")");
            }
        }
    }

    Map<Integer, String> owners(boolean repaired) throws SQLException {
        return repaired ? together() : oneByOne();
    }

    private Map<Integer, String> oneByOne() throws SQLException {
        Map<Integer, String> owners = new LinkedHashMap<>();
        for (int[] order : orders()) {
            owners.put(order[0], owner(order[1]));
        }
        return owners;
    }

    private List<int[]> orders() throws SQLException {
        List<int[]> orders = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, owner_id FROM orders")) {
            while (rows.next()) {
                orders.add(new int[] {rows.getInt(1), rows.getInt(2)});
            }
        }
        return orders;
    }

    String owner(int id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT name FROM owner WHERE id = ?")) {
            statement.setInt(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        }
    }

    private Map<Integer, String> together() throws SQLException {
        Map<Integer, String> owners = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT orders.id, name FROM orders JOIN owner ON owner.id = owner_id")) {
            while (rows.next()) {
                owners.put(rows.getInt(1), rows.getString(2));
            }
        }
        return owners;
    }
}
