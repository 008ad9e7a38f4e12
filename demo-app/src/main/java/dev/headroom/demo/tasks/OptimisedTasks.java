package dev.headroom.demo.tasks;

import dev.headroom.demo.paging.Cursor;
import dev.headroom.demo.paging.Page;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * As after the guide: its pool and a small one for counts, its indexes, and Spring's annotations for what is cached;
 * {@link TaskCaches} says for how long.
 * What these annotate must be called from outside, through Spring's proxy.
 */
@Component
class OptimisedTasks implements Tasks {
    private static final String USER = "SELECT id, username, email, full_name, role FROM users ";

    private final JdbcClient jdbc;
    private final JdbcClient fitting;
    private final JdbcTemplate batches;
    private final Letters letters;

    OptimisedTasks(JdbcClient jdbc, @Qualifier("fitting") JdbcClient fitting, JdbcTemplate batches, Letters letters) {
        this.jdbc = jdbc;
        this.fitting = fitting;
        this.batches = batches;
        this.letters = letters;
    }

    @Override
    @Cacheable(cacheNames = TaskCaches.USER, unless = "#result == null")
    public Optional<User> user(long id) {
        return jdbc.sql(USER + "WHERE id = ?").param(id).query(User.class).optional();
    }

    @Override
    public Optional<User> byEmail(String email) {
        return jdbc.sql(USER + "WHERE email = ?").param(email).query(User.class).optional();
    }

    @Override
    public Optional<User> byUsername(String username) {
        return jdbc.sql(USER + "WHERE username = ?")
                .param(username)
                .query(User.class)
                .optional();
    }

    /** Pages by cursor, and the first pages by number, since that is what is looked at again and again. */
    @Override
    @Cacheable(cacheNames = TaskCaches.USER_LIST, key = "#page + ':' + #limit", condition = "#cursor == null")
    public Page<User> users(int page, int limit, @Nullable String cursor) {
        record Found(User user, OffsetDateTime at) {}
        Cursor from = Cursor.of(cursor);
        List<Found> found = jdbc.sql("SELECT id, username, email, full_name, role, created_at FROM users "
                        + "WHERE (created_at, id) < (?, ?) ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?")
                .params(from.at(), from.id(), limit + 1, cursor == null ? (long) (page - 1) * limit : 0L)
                .query((row, number) -> new Found(
                        new User(
                                row.getLong(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5)),
                        row.getObject(6, OffsetDateTime.class)))
                .list();
        Page<Found> found20 = Page.after(
                found, limit, last -> new Cursor(last.at(), last.user().id()));
        return new Page<>(
                found20.items().stream().map(Found::user).toList(), null, found20.hasMore(), found20.nextCursor());
    }

    @Override
    @Cacheable(cacheNames = TaskCaches.PREFERENCES, unless = "#result == null")
    public Optional<Preferences> preferences(long userId) {
        return jdbc.sql("SELECT user_id, theme, locale FROM preference WHERE user_id = ?")
                .param(userId)
                .query(Preferences.class)
                .optional();
    }

    @Override
    public long openTasks(long userId) {
        return fitting.sql("SELECT count(*) FROM task WHERE user_id = ? AND NOT done")
                .param(userId)
                .query(Long.class)
                .single();
    }

    @Override
    public long create(NewUser user) {
        long id = jdbc.sql("INSERT INTO users (username, email, full_name) VALUES (?, ?, ?) RETURNING id")
                .params(user.username(), user.email(), user.fullName())
                .query(Long.class)
                .single();
        letters.welcomeLater(user.email());
        return id;
    }

    @Override
    public int createAll(List<NewUser> users) {
        return batches.batchUpdate(
                        "INSERT INTO users (username, email, full_name) VALUES (?, ?, ?)",
                        users.stream()
                                .map(user -> new Object[] {user.username(), user.email(), user.fullName()})
                                .toList())
                .length;
    }

    @Override
    @CacheEvict(cacheNames = TaskCaches.USER, key = "#id")
    public boolean rename(long id, String fullName) {
        return jdbc.sql("UPDATE users SET full_name = ? WHERE id = ?")
                        .params(fullName, id)
                        .update()
                == 1;
    }

    @Override
    @Transactional
    @CacheEvict(
            cacheNames = {TaskCaches.USER, TaskCaches.PREFERENCES},
            key = "#id")
    public boolean delete(long id) {
        jdbc.sql("DELETE FROM task WHERE user_id = ?").param(id).update();
        jdbc.sql("DELETE FROM preference WHERE user_id = ?").param(id).update();
        return jdbc.sql("DELETE FROM users WHERE id = ?").param(id).update() == 1;
    }
}
