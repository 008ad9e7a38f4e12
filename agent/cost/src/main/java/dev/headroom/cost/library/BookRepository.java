package dev.headroom.cost.library;

import java.util.List;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

/** All books. */
interface BookRepository extends JpaRepository<Book, Long> {
    List<Book> findByAuthorIdOrderByTitle(long author);

    Page<Book> findByTitleContainingIgnoreCase(String part, Pageable page);

    @Query("select count(b) from Book b where b.author.id = :author and b.year > :year")
    long countNewer(long author, int year);
}
