package dev.headroom.demo.study;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.headroom.demo.paging.Cursor;
import dev.headroom.demo.paging.Page;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** As after the guide: joins, cursors, its indexes, and a cache in this process for each kind of data. */
@Component
class OptimisedStudy implements Study {
    private final Cache<Long, Profile> profiles = cache(Duration.ofMinutes(5));
    private final Cache<Long, SubjectCard> subjects = cache(Duration.ofMinutes(10));
    private final Cache<Long, List<GoalCard>> goals = cache(Duration.ofMinutes(2));
    private final Cache<List<Long>, Integer> ratings = cache(Duration.ofMinutes(1));
    private final Cache<List<Long>, List<Question>> questions = cache(Duration.ofMinutes(5));

    private final EntityManager entities;
    private final JdbcClient jdbc;

    OptimisedStudy(EntityManager entities, JdbcClient jdbc) {
        this.entities = entities;
        this.jdbc = jdbc;
    }

    /** One statement. The cursor takes the place of the offset, and one row too many that of the count. */
    @Override
    public Page<SummaryCard> summaries(long studentId, int offset, int limit, @Nullable String cursor) {
        Cursor from = Cursor.of(cursor);
        List<Summary> found = entities.createQuery(
                        "SELECT s FROM Summary s JOIN FETCH s.lesson JOIN FETCH s.tutor WHERE s.studentId = :student "
                                + "AND (s.createdAt < :at OR (s.createdAt = :at AND s.id < :id)) ORDER BY s.createdAt DESC, s.id DESC",
                        Summary.class)
                .setParameter("student", studentId)
                .setParameter("at", from.at())
                .setParameter("id", from.id())
                .setMaxResults(limit + 1)
                .getResultList();
        Page<Summary> page = Page.after(found, limit, last -> new Cursor(last.createdAt(), last.id()));
        return new Page<>(page.items().stream().map(Summary::card).toList(), null, page.hasMore(), page.nextCursor());
    }

    @Override
    public List<GoalCard> progress(long studentId) {
        return goals.get(
                studentId,
                id -> entities
                        .createQuery(
                                "SELECT g FROM Goal g JOIN FETCH g.subject WHERE g.studentId = :student AND g.status = 'active'",
                                Goal.class)
                        .setParameter("student", id)
                        .getResultList()
                        .stream()
                        .map(Goal::card)
                        .toList());
    }

    @Override
    public Optional<Integer> rating(long studentId, long subjectId) {
        return Optional.ofNullable(ratings.get(
                List.of(studentId, subjectId),
                any -> jdbc.sql("SELECT rating FROM student_rating WHERE student_id = ? AND subject_id = ? LIMIT 1")
                        .params(studentId, subjectId)
                        .query(Integer.class)
                        .optional()
                        .orElse(null)));
    }

    @Override
    public Optional<SubjectCard> subject(long id) {
        return Optional.ofNullable(subjects.get(
                id,
                any -> jdbc.sql("SELECT id, name FROM subject WHERE id = ?")
                        .param(id)
                        .query(SubjectCard.class)
                        .optional()
                        .orElse(null)));
    }

    @Override
    public Optional<Profile> profile(long studentId) {
        return Optional.ofNullable(profiles.get(
                studentId,
                id -> jdbc.sql("SELECT id, email, name FROM student WHERE id = ?")
                        .param(id)
                        .query(Profile.class)
                        .optional()
                        .orElse(null)));
    }

    @Override
    public List<Question> practice(long subjectId, int difficulty) {
        return questions.get(
                List.of(subjectId, (long) difficulty),
                any -> jdbc.sql("SELECT id, question FROM practice_bank_item "
                                + "WHERE subject_id = ? AND difficulty_level = ? AND is_active ORDER BY id LIMIT 20")
                        .params(subjectId, difficulty)
                        .query(Question.class)
                        .list());
    }

    private static <K, V> Cache<K, V> cache(Duration ttl) {
        return Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(ttl).build();
    }
}
