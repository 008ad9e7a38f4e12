package dev.headroom.cost.library;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import org.jspecify.annotations.Nullable;

/** A book in a member's hands. */
@Entity
public class Loan {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String member = "";

    private int renewals;

    @ManyToOne(fetch = FetchType.LAZY)
    private Book book = new Book();

    protected Loan() {}

    Loan(String member, Book book) {
        this.member = member;
        this.book = book;
    }

    void renew() {
        renewals++;
    }

    public @Nullable Long getId() {
        return id;
    }

    public String getMember() {
        return member;
    }

    public int getRenewals() {
        return renewals;
    }

    public Book getBook() {
        return book;
    }
}
