package dev.headroom.cost.library;

import java.util.ArrayList;
import java.util.List;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Authors with their books; the list asks once for every author, as many applications do. */
@RestController
@RequestMapping("/authors")
class AuthorController {
    private static final int LISTED = 8;

    private final AuthorRepository authors;
    private final BookRepository books;

    AuthorController(AuthorRepository authors, BookRepository books) {
        this.authors = authors;
        this.books = books;
    }

    /** An author with titles. */
    record WithBooks(String name, List<BookController.Shown> books) {}

    /** An author with the number of books newer than a year. */
    record Listed(String name, long newer) {}

    @GetMapping("/{id}")
    WithBooks one(@PathVariable long id) {
        Author author = authors.findById(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no author " + id));
        return new WithBooks(
                author.getName(),
                books.findByAuthorIdOrderByTitle(id).stream()
                        .map(BookController.Shown::of)
                        .toList());
    }

    @GetMapping
    List<Listed> all(@RequestParam(defaultValue = "1960") int year) {
        List<Listed> all = new ArrayList<>();
        for (Author author : authors.findAll(PageRequest.of(0, LISTED))) {
            Long id = author.getId();
            all.add(new Listed(author.getName(), id == null ? 0 : books.countNewer(id, year)));
        }
        return all;
    }
}
