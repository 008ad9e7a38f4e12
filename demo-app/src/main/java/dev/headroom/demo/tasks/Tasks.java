package dev.headroom.demo.tasks;

import dev.headroom.demo.paging.Page;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Users, their preferences and their tasks; once as before the guide and once as after. */
interface Tasks {
    Optional<User> user(long id);

    Optional<User> byEmail(String email);

    Optional<User> byUsername(String username);

    /** Page {@code page} from 1, or the page after the cursor where the way of working knows cursors. */
    Page<User> users(int page, int limit, @Nullable String cursor);

    Optional<Preferences> preferences(long userId);

    /** The user's tasks that are not done. */
    long openTasks(long userId);

    long create(NewUser user);

    /** Returns how many were created. */
    int createAll(List<NewUser> users);

    /** Returns whether the user exists. */
    boolean rename(long id, String fullName);

    /** With preferences and tasks; returns whether the user existed. */
    boolean delete(long id);

    record User(long id, String username, String email, String fullName, String role) {}

    record Preferences(long userId, String theme, String locale) {}

    record NewUser(String username, String email, String fullName) {}
}
