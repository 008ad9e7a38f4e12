package dev.headroom.core.hook.httpserver;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;

/** A Tomcat whose pages do a known number of things with a database, as their paths say. */
public final class PetPages implements Callable<Integer>, AutoCloseable {
    static final String URL = "headroom.test.url";
    static final int ROWS = 5;

    private final Tomcat tomcat = new Tomcat();

    private static Connection connect() throws Exception {
        java.sql.Driver driver = (java.sql.Driver) PetPages.class
                .getClassLoader()
                .loadClass("org.postgresql.Driver")
                .getDeclaredConstructor()
                .newInstance();
        Properties credentials = new Properties();
        credentials.setProperty("user", "postgres");
        return driver.connect(System.getProperty(URL), credentials);
    }

    @Override
    public Integer call() throws Exception {
        TomcatURLStreamHandlerFactory.disable();
        String folder = Files.createTempDirectory("tomcat").toString();
        tomcat.setBaseDir(folder);
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", folder);
        context.setParentClassLoader(PetPages.class.getClassLoader());
        Wrapper pages = Tomcat.addServlet(context, "pages", new Pages(connect()));
        for (String path : List.of("/rest", "/lazy", "/joined", "/saved", "/batched", "/first", "/connected")) {
            pages.addMapping(path);
        }
        tomcat.start();
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    private static final class Pages extends HttpServlet {
        private final transient Connection connection;

        Pages(Connection connection) throws SQLException {
            this.connection = connection;
            try (Statement statement = connection.createStatement()) {
                statement.execute("create table owner (id int primary key, name varchar(50))");
                statement.execute("create table pet (id int primary key, owner int, name varchar(50))");
                for (int i = 1; i <= ROWS; i++) {
                    statement.executeUpdate("insert into owner values (" + i + ", 'x')");
                    statement.executeUpdate("insert into pet values (" + i + ", " + i + ", 'y')");
                }
            }
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            try {
                synchronized (connection) {
                    serve(request.getServletPath());
                }
            } catch (Exception e) {
                throw new ServletException(e);
            }
        }

        private void serve(String path) throws Exception {
            switch (path) {
                case "/lazy" -> {
                    for (int owner : ids("select id, owner from pet order by id")) {
                        name(owner);
                    }
                }
                case "/joined" -> ids("select p.id, o.id from pet p join owner o on o.id = p.owner order by p.id");
                case "/saved" -> save(false);
                case "/batched" -> save(true);
                case "/first" -> {
                    try (Statement statement = connection.createStatement()) {
                        ResultSet pets = statement.executeQuery("select name from pet");
                        pets.next();
                    }
                }
                case "/connected" -> connect().close();
                default -> {}
            }
        }

        private List<Integer> ids(String sql) throws SQLException {
            List<Integer> ids = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(sql);
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getInt(2));
                }
            }
            return ids;
        }

        private void name(int owner) throws SQLException {
            try (PreparedStatement select =
                    connection.prepareStatement("select id, name, id from owner where id = ?")) {
                select.setInt(1, owner);
                ResultSet rows = select.executeQuery();
                while (rows.next()) {
                    rows.getString(2);
                }
            }
        }

        private void save(boolean batch) throws SQLException {
            try (PreparedStatement update = connection.prepareStatement("update owner set name = ? where id = ?")) {
                for (int i = 1; i <= ROWS; i++) {
                    update.setString(1, "z");
                    update.setInt(2, i);
                    if (batch) {
                        update.addBatch();
                    } else {
                        update.executeUpdate();
                    }
                }
                if (batch) {
                    update.executeBatch();
                }
            }
        }
    }
}
