package dev.headroom.demo.study;

import dev.headroom.demo.paging.Page;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** As before the guide: lesson, tutor and subject one by one, pages by number, no index of its own, no cache. */
@Component
class NaiveStudy implements Study {
    private final EntityManager entities;
    private final JdbcClient jdbc;

    NaiveStudy(EntityManager entities, JdbcClient jdbc) {
        this.entities = entities;
        this.jdbc = jdbc;
    }

    @Override
    @Transactional(readOnly = true)
    public Page<SummaryCard> summaries(long studentId, int offset, int limit, @Nullable String cursor) {
        long total = entities.createQuery("SELECT count(s) FROM Summary s WHERE s.studentId = :student", Long.class)
                .setParameter("student", studentId)
                .getSingleResult();
        List<SummaryCard> cards = entities
                .createQuery(
                        "SELECT s FROM Summary s WHERE s.studentId = :student ORDER BY s.createdAt DESC", Summary.class)
                .setParameter("student", studentId)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(Summary::card)
                .toList();
        return Page.numbered(cards, total, offset);
    }

    @Override
    @Transactional(readOnly = true)
    public List<GoalCard> progress(long studentId) {
        return entities
                .createQuery("SELECT g FROM Goal g WHERE g.studentId = :student AND g.status = 'active'", Goal.class)
                .setParameter("student", studentId)
                .getResultList()
                .stream()
                .map(Goal::card)
                .toList();
    }

    @Override
    public Optional<Integer> rating(long studentId, long subjectId) {
        return jdbc.sql("SELECT rating FROM study_naive.student_rating WHERE student_id = ? AND subject_id = ? LIMIT 1")
                .params(studentId, subjectId)
                .query(Integer.class)
                .optional();
    }

    @Override
    public Optional<SubjectCard> subject(long id) {
        return jdbc.sql("SELECT id, name FROM subject WHERE id = ?")
                .param(id)
                .query(SubjectCard.class)
                .optional();
    }

    @Override
    public Optional<Profile> profile(long studentId) {
        return jdbc.sql("SELECT id, email, name FROM study_naive.student WHERE id = ?")
                .param(studentId)
                .query(Profile.class)
                .optional();
    }

    /** All of them: the page is cut by whoever reads. */
    @Override
    public List<Question> practice(long subjectId, int difficulty) {
        return jdbc.sql("SELECT id, question FROM study_naive.practice_bank_item "
                        + "WHERE subject_id = ? AND difficulty_level = ? AND is_active ORDER BY question")
                .params(subjectId, difficulty)
                .query(Question.class)
                // planted: unbounded-read GET /naive/practice
                // planted: missing-validator GET /naive/practice
                .list();
    }
}
