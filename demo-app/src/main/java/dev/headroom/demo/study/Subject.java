package dev.headroom.demo.study;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What a goal is about. */
@Entity(name = "Subject")
@Table(name = "subject")
@SuppressWarnings("NullAway.Init") // Hibernate fills it
class Subject {
    @Id
    private long id;

    private String name;

    /** Not final: Hibernate's proxy asks the database here. */
    String name() {
        return name;
    }
}
