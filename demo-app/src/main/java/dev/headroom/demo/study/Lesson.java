package dev.headroom.demo.study;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A lesson that was held. */
@Entity(name = "Lesson")
@Table(name = "study_session")
@SuppressWarnings("NullAway.Init") // Hibernate fills it
class Lesson {
    @Id
    private long id;

    private String topic;

    /** Not final: Hibernate's proxy asks the database here. */
    String topic() {
        return topic;
    }
}
