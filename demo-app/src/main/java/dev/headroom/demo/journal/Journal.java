package dev.headroom.demo.journal;

import dev.headroom.demo.paging.Page;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the service does for those who write; once as before the guide and once as after. */
interface Journal {
    /** Page {@code page} from 1, or the page after the cursor where the way of working knows cursors. */
    Page<Entry> entries(long userId, int page, int pageSize, @Nullable String cursor);

    /** Returns the new entry's id. */
    long write(long userId, int mood, String text);

    Optional<Profile> profile(long userId);

    List<User> users(List<Long> ids);

    /** Newest lines of the conversation, at most 50. */
    List<Line> conversation(long userId);

    Reply chat(long userId, String message);

    record Entry(long id, String createdAt, int mood, String text) {}

    record Profile(long userId, String traits, String preferences, String communicationStyle) {}

    record User(long id, String email, String name) {}

    record Line(String role, String text) {}

    /** @param cached whether the model was not asked */
    record Reply(String text, boolean cached) {}
}
