package dev.headroom.demo.study;

import dev.headroom.demo.mode.ModeSwitch;
import dev.headroom.demo.paging.Page;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The same routes three times: the naive way, the optimised way, and whichever the switch says. */
abstract class StudyRoutes {
    private static final int LARGEST_PAGE = 100;

    private final Supplier<Study> study;

    StudyRoutes(Supplier<Study> study) {
        this.study = study;
    }

    @GetMapping("/students/{id}/summaries")
    Page<Study.SummaryCard> summaries(
            @PathVariable long id,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam @Nullable String cursor) {
        return study.get().summaries(id, Math.max(0, offset), Math.min(Math.max(1, limit), LARGEST_PAGE), cursor);
    }

    @GetMapping("/progress/{id}")
    List<Study.GoalCard> progress(@PathVariable long id) {
        return study.get().progress(id);
    }

    @GetMapping("/students/{id}/ratings/{subject}")
    ResponseEntity<Integer> rating(@PathVariable long id, @PathVariable long subject) {
        return ResponseEntity.of(study.get().rating(id, subject));
    }

    @GetMapping("/subjects/{id}")
    ResponseEntity<Study.SubjectCard> subject(@PathVariable long id) {
        return ResponseEntity.of(study.get().subject(id));
    }

    @GetMapping("/students/{id}")
    ResponseEntity<Study.Profile> profile(@PathVariable long id) {
        return ResponseEntity.of(study.get().profile(id));
    }

    @GetMapping("/practice")
    List<Study.Question> practice(@RequestParam long subject, @RequestParam int difficulty) {
        return study.get().practice(subject, difficulty);
    }

    @RestController
    @RequestMapping("/naive")
    static class Naive extends StudyRoutes {
        Naive(NaiveStudy study) {
            super(() -> study);
        }
    }

    @RestController
    @RequestMapping("/optimised")
    static class Optimised extends StudyRoutes {
        Optimised(OptimisedStudy study) {
            super(() -> study);
        }
    }

    @RestController
    @RequestMapping("/api")
    static class Switched extends StudyRoutes {
        Switched(ModeSwitch mode, NaiveStudy naive, OptimisedStudy optimised) {
            super(() -> mode.pick(naive, optimised));
        }
    }
}
