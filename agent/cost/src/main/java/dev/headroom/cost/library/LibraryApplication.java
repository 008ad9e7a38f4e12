package dev.headroom.cost.library;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A lending library. */
@SpringBootApplication
public class LibraryApplication {
    static final int AUTHORS = 20;
    static final int BOOKS_OF_AN_AUTHOR = 10;
    static final int MEMBERS = 50;

    public static void main(String[] arguments) {
        SpringApplication.run(LibraryApplication.class, arguments);
    }

    /** Runs before the port opens. */
    @Bean
    SmartInitializingSingleton shelves(AuthorRepository authors, BookRepository books, LoanRepository loans) {
        return () -> {
            for (int i = 1; i <= AUTHORS; i++) {
                Author author = authors.save(new Author("Author " + i));
                for (int j = 1; j <= BOOKS_OF_AN_AUTHOR; j++) {
                    books.save(new Book("Book " + i + "-" + j, 1950 + i + j, author));
                }
            }
            for (int i = 1; i <= MEMBERS; i++) {
                Book book = books.findById((long) i).orElseThrow();
                loans.save(new Loan("Member " + i, book));
            }
        };
    }
}
