package dev.headroom.demo.study;

import dev.headroom.demo.paging.Page;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the service tells students; once as before the guide and once as after. */
interface Study {
    /** Page from {@code offset}, or the page after the cursor where the way of working knows cursors. */
    Page<SummaryCard> summaries(long studentId, int offset, int limit, @Nullable String cursor);

    /** The student's active goals with the names of their subjects. */
    List<GoalCard> progress(long studentId);

    Optional<Integer> rating(long studentId, long subjectId);

    Optional<SubjectCard> subject(long id);

    Optional<Profile> profile(long studentId);

    /** Active questions of one subject and difficulty. */
    List<Question> practice(long subjectId, int difficulty);

    record SummaryCard(long id, String text, String topic, String tutor, String createdAt) {}

    record GoalCard(long id, String title, String subject) {}

    record SubjectCard(long id, String name) {}

    record Profile(long id, String email, String name) {}

    record Question(long id, String question) {}
}
