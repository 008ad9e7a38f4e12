package dev.headroom.secrets;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;

/** A driver that takes any URL, as the drivers of all databases would, and leads to the one database there is. */
final class Pretended implements Driver {
    private final String behind;

    Pretended(String behind) {
        this.behind = behind;
    }

    @Override
    public Connection connect(String url, Properties login) throws SQLException {
        return DriverManager.getConnection(behind, "postgres", Marks.token("pretended-password"));
    }

    @Override
    public boolean acceptsURL(String url) {
        return true;
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties login) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }
}
