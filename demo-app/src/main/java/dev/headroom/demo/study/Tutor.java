package dev.headroom.demo.study;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Who held a lesson. */
@Entity(name = "Tutor")
@Table(name = "tutor")
@SuppressWarnings("NullAway.Init") // Hibernate fills it
class Tutor {
    @Id
    private long id;

    private String name;

    /** Not final: Hibernate's proxy asks the database here. */
    String name() {
        return name;
    }
}
