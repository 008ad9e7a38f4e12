import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Runs nothing, but calls its own public methods as some drivers do. */
final class HostileStatement extends RefusingStatement {
    private final String sql;
    private final List<String> batch = new ArrayList<>();

    HostileStatement(String sql) {
        this.sql = sql;
    }

    @Override
    public boolean execute() {
        return true;
    }

    @Override
    public boolean execute(String text) {
        return true;
    }

    @Override
    public int executeUpdate(String text) {
        return execute(text) ? 1 : 0;
    }

    @Override
    public ResultSet executeQuery(String text) throws SQLException {
        if (text.contains("broken")) {
            throw new SQLException("broken");
        }
        if (text.contains("error")) {
            throw new AbstractMethodError("from the driver");
        }
        return rows();
    }

    @Override
    public ResultSet executeQuery() {
        execute();
        return rows();
    }

    private static ResultSet rows() {
        boolean[] read = new boolean[1];
        return (ResultSet) HostileDriver.proxy(ResultSet.class, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "next":
                    boolean more = !read[0];
                    read[0] = true;
                    return more;
                case "close":
                    return null;
                default:
                    throw HostileDriver.refused(method.getName());
            }
        });
    }

    @Override
    public void setInt(int index, int value) {}

    @Override
    public void addBatch() {
        batch.add(sql);
    }

    @Override
    public void addBatch(String text) {
        batch.add(text);
    }

    @Override
    public int[] executeBatch() {
        int[] counts = new int[batch.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = execute(batch.get(i)) ? 1 : 0;
        }
        batch.clear();
        return counts;
    }

    @Override
    public void close() {}
}
