package dev.headroom.demo.tasks;

import dev.headroom.demo.paging.Page;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * As before the guide: a connection for every read, no index, no cache, and a pool of two for writes, whose connection is held
 * while the welcome letter is sent.
 */
@Component
class NaiveTasks implements Tasks {
    private static final String USER = "SELECT id, username, email, full_name, role FROM tasks_naive.users ";

    private final JdbcClient unpooled;
    private final JdbcClient small;
    private final TransactionOperations smallTransactions;
    private final Letters letters;
    private final DataSource plain;

    /** The one that was not given back; the others are, or the pool were soon empty and the service gone. */
    private final AtomicReference<@Nullable Connection> lost = new AtomicReference<>();

    NaiveTasks(
            @Qualifier("unpooled") JdbcClient unpooled,
            @Qualifier("small") JdbcClient small,
            @Qualifier("smallTransactions") TransactionOperations smallTransactions,
            Letters letters,
            @Qualifier("plainPool") DataSource plain) {
        this.unpooled = unpooled;
        this.small = small;
        this.smallTransactions = smallTransactions;
        this.letters = letters;
        this.plain = plain;
    }

    @Override
    public Optional<User> user(long id) {
        // planted: connection-per-request GET /naive/users/{id}
        return unpooled.sql(USER + "WHERE id = ?").param(id).query(User.class).optional();
    }

    @Override
    public Optional<User> byEmail(String email) {
        return unpooled.sql(USER + "WHERE email = ?")
                .param(email)
                .query(User.class)
                // planted: connection-per-request GET /naive/users/by-email
                // planted: missing-index GET /naive/users/by-email
                .optional();
    }

    @Override
    public Optional<User> byUsername(String username) {
        return unpooled.sql(USER + "WHERE username = ?")
                .param(username)
                .query(User.class)
                // planted: connection-per-request GET /naive/users/by-username
                .optional();
    }

    @Override
    public Page<User> users(int page, int limit, @Nullable String cursor) {
        long offset = (long) (page - 1) * limit;
        if (offset >= count()) {
            return Page.numbered(List.of(), count(), offset);
        }
        List<User> users = unpooled.sql(USER + "ORDER BY created_at DESC LIMIT ? OFFSET ?")
                .params(limit, offset)
                .query(User.class)
                // planted: connection-per-request GET /naive/users
                // planted: deep-offset GET /naive/users
                .list();
        return Page.numbered(users, count(), offset);
    }

    private long count() {
        return unpooled.sql("SELECT count(*) FROM tasks_naive.users")
                .query(Long.class)
                // planted: connection-per-request GET /naive/users
                // planted: duplicate-query GET /naive/users
                .single();
    }

    @Override
    public Optional<Preferences> preferences(long userId) {
        return unpooled.sql("SELECT user_id, theme, locale FROM tasks_naive.preference WHERE user_id = ?")
                .param(userId)
                .query(Preferences.class)
                // planted: connection-per-request GET /naive/users/{id}/preferences
                .optional();
    }

    /** Closed on all ways but one. */
    @Override
    public long openTasks(long userId) {
        try {
            // planted: connection-leak GET /naive/users/{id}/open-tasks
            Connection connection = plain.getConnection();
            try (PreparedStatement count = connection.prepareStatement(
                    "SELECT count(*) FROM tasks_naive.task WHERE user_id = ? AND NOT done")) {
                count.setLong(1, userId);
                try (ResultSet counted = count.executeQuery()) {
                    counted.next();
                    long open = counted.getLong(1);
                    if (!lost.compareAndSet(null, connection)) {
                        connection.close();
                    }
                    return open;
                }
            }
        } catch (SQLException refused) {
            throw new DataAccessResourceFailureException("Open tasks could not be counted", refused);
        }
    }

    @Override
    public long create(NewUser user) {
        // planted: idle-in-transaction POST /naive/users
        // planted: pool-exhaustion
        Long created = smallTransactions.execute(status -> {
            long id = insert(user);
            letters.welcome(user.email());
            return id;
        });
        return created == null ? 0 : created;
    }

    @Override
    public int createAll(List<NewUser> users) {
        users.forEach(this::insert);
        return users.size();
    }

    @Override
    public boolean rename(long id, String fullName) {
        return unpooled.sql("UPDATE tasks_naive.users SET full_name = ? WHERE id = ?")
                        .params(fullName, id)
                        .update()
                == 1;
    }

    @Override
    public boolean delete(long id) {
        unpooled.sql("DELETE FROM tasks_naive.task WHERE user_id = ?").param(id).update();
        unpooled.sql("DELETE FROM tasks_naive.preference WHERE user_id = ?")
                .param(id)
                .update();
        return unpooled.sql("DELETE FROM tasks_naive.users WHERE id = ?")
                        .param(id)
                        .update()
                == 1;
    }

    private long insert(NewUser user) {
        return small.sql("INSERT INTO tasks_naive.users (username, email, full_name) VALUES (?, ?, ?) RETURNING id")
                .params(user.username(), user.email(), user.fullName())
                .query(Long.class)
                // planted: unbatched-writes POST /naive/users/bulk
                // planted: pool-exhaustion
                .single();
    }
}
