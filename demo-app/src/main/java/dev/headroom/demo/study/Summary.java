package dev.headroom.demo.study;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import java.time.OffsetDateTime;

/** Of one lesson; lesson and tutor come when they are asked for, or by a join. */
@Entity(name = "Summary")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate fills it, and queries name what is never read
class Summary {
    @Id
    private long id;

    @Column(name = "student_id")
    private long studentId;

    private String text;

    @Column(name = "created_at")
    private OffsetDateTime createdAt;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "session_id")
    private Lesson lesson;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "tutor_id")
    private Tutor tutor;

    long id() {
        return id;
    }

    OffsetDateTime createdAt() {
        return createdAt;
    }

    /** Asks for lesson and tutor. */
    Study.SummaryCard card() {
        // planted: n-plus-one GET /naive/students/{id}/summaries
        return new Study.SummaryCard(id, text, lesson.topic(), tutor.name(), createdAt.toString());
    }
}
