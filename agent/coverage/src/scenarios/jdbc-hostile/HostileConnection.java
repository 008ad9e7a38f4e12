import java.lang.reflect.InvocationTargetException;
import java.sql.PreparedStatement;
import java.sql.Statement;

/** Hands out proxies over its statements, and asks whether it is valid with a statement that the application did not run. */
final class HostileConnection extends RefusingConnection {
    @Override
    public Statement createStatement() {
        return over(new HostileStatement(null));
    }

    @Override
    public PreparedStatement prepareStatement(String sql) {
        return new HostileStatement(sql);
    }

    private static PreparedStatement over(HostileStatement statement) {
        return (PreparedStatement) HostileDriver.proxy(PreparedStatement.class, (itself, called, given) -> {
            try {
                return called.invoke(statement, given);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        });
    }

    @Override
    public boolean isValid(int timeoutSeconds) {
        return new HostileStatement(null).execute("select 1");
    }

    @Override
    public void commit() {
        new HostileStatement(null).execute("commit");
    }

    @Override
    public void close() {}
}
