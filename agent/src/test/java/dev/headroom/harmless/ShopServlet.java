package dev.headroom.harmless;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Enumeration;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** A web application with everything in its own loader: driver, pool and code. It cleans up after itself as a good one does. */
public final class ShopServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private transient HikariDataSource pool;

    @Override
    public void init() {
        HikariConfig config = new HikariConfig();
        config.setPoolName("shop");
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(1);
        config.setDriverClassName("org.h2.Driver");
        config.setJdbcUrl("jdbc:h2:mem:shop");
        pool = new HikariDataSource(config);
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table pet (id int)");
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        try (Connection connection = pool.getConnection()) {
            PreparedStatement leftOpen = connection.prepareStatement("insert into pet values (?)");
            leftOpen.setInt(1, 1);
            leftOpen.executeUpdate();
            try (PreparedStatement select = connection.prepareStatement("select id from pet");
                    ResultSet rows = select.executeQuery()) {
                rows.next();
            }
            try (Statement statement = connection.createStatement()) {
                statement.executeQuery("nonsense");
            }
            throw new ServletException("nonsense was understood");
        } catch (SQLException expected) {
            String where = getClass()
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath();
            response.getWriter().write(where.contains("/WEB-INF/") ? "from WEB-INF" : where);
        }
    }

    @Override
    public void destroy() {
        pool.close();
        for (Enumeration<Driver> drivers = DriverManager.getDrivers(); drivers.hasMoreElements(); ) {
            Driver driver = drivers.nextElement();
            if (driver.getClass().getClassLoader() == getClass().getClassLoader()) {
                try {
                    DriverManager.deregisterDriver(driver);
                } catch (SQLException failed) {
                    throw new IllegalStateException(failed);
                }
            }
        }
    }
}
