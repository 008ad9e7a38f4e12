package dev.headroom.demo.tasks;

import dev.headroom.demo.paging.Page;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
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

    NaiveTasks(
            @Qualifier("unpooled") JdbcClient unpooled,
            @Qualifier("small") JdbcClient small,
            @Qualifier("smallTransactions") TransactionOperations smallTransactions,
            Letters letters) {
        this.unpooled = unpooled;
        this.small = small;
        this.smallTransactions = smallTransactions;
        this.letters = letters;
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
        long total = unpooled.sql("SELECT count(*) FROM tasks_naive.users")
                .query(Long.class)
                // planted: connection-per-request GET /naive/users
                .single();
        long offset = (long) (page - 1) * limit;
        List<User> users = unpooled.sql(USER + "ORDER BY created_at DESC LIMIT ? OFFSET ?")
                .params(limit, offset)
                .query(User.class)
                // planted: connection-per-request GET /naive/users
                .list();
        return Page.numbered(users, total, offset);
    }

    @Override
    public Optional<Preferences> preferences(long userId) {
        return unpooled.sql("SELECT user_id, theme, locale FROM tasks_naive.preference WHERE user_id = ?")
                .param(userId)
                .query(Preferences.class)
                // planted: connection-per-request GET /naive/users/{id}/preferences
                .optional();
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
