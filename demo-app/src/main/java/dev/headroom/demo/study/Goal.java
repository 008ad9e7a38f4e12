package dev.headroom.demo.study;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;

/** What a student wants to reach in a subject. */
@Entity(name = "Goal")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate fills it, and queries name what is never read
class Goal {
    @Id
    private long id;

    @Column(name = "student_id")
    private long studentId;

    private String status;
    private String title;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "subject_id")
    private Subject subject;

    /** Asks for the subject. */
    Study.GoalCard card() {
        return new Study.GoalCard(id, title, subject.name());
    }
}
