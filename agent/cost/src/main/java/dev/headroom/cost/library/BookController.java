package dev.headroom.cost.library;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Books, one, a page, and by a part of the title. */
@RestController
@RequestMapping("/books")
class BookController {
    private static final int PAGE = 10;

    private final BookRepository books;

    BookController(BookRepository books) {
        this.books = books;
    }

    /** A book as it is shown. */
    record Shown(@Nullable Long id, String title, int year) {
        static Shown of(Book book) {
            return new Shown(book.getId(), book.getTitle(), book.getYear());
        }
    }

    @GetMapping("/{id}")
    Shown one(@PathVariable long id) {
        return books.findById(id)
                .map(Shown::of)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no book " + id));
    }

    @GetMapping
    List<Shown> page(@RequestParam(defaultValue = "0") int page) {
        return books.findAll(PageRequest.of(page, PAGE)).map(Shown::of).getContent();
    }

    @GetMapping("/search")
    List<Shown> search(@RequestParam String title) {
        return books.findByTitleContainingIgnoreCase(title, PageRequest.of(0, PAGE))
                .map(Shown::of)
                .getContent();
    }
}
