package dev.headroom.dashboard.api;

import dev.headroom.dashboard.compare.Comparing;
import dev.headroom.dashboard.compare.Sides;
import dev.headroom.dashboard.compare.WrongSideException;
import dev.headroom.dashboard.epoch.Epoch;
import dev.headroom.dashboard.epoch.EpochBook;
import dev.headroom.dashboard.refusal.RefusedException;
import dev.headroom.dashboard.store.TimeRange;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Did it help: what a service did before and after an epoch, or in any two stretches of time or versions. */
@RestController
class CompareController {
    private static final String HINT =
            "POST /api/v1/epochs tells of one; or compare two stretches, for example a=2026-11-21T10:00:00Z/2026-11-21T11:00:00Z&b=-1h/now.";

    private final Sides sides;
    private final Comparing comparing;
    private final EpochBook epochs;
    private final Question question;
    private final Scheduler scheduler;

    CompareController(
            Sides sides,
            Comparing comparing,
            EpochBook epochs,
            Question question,
            @Qualifier("storeReads") Scheduler scheduler) {
        this.sides = sides;
        this.comparing = comparing;
        this.epochs = epochs;
        this.question = question;
        this.scheduler = scheduler;
    }

    /**
     * @param epoch name of one; without it and without sides the newest
     * @param a the side before, as on the page; {@code FROM/TO} in the words of all lists
     */
    @GetMapping("/api/v1/compare")
    Mono<CompareAnswer> compare(
            @RequestParam @Nullable String service,
            @RequestParam @Nullable String epoch,
            @RequestParam @Nullable String a,
            @RequestParam @Nullable String b,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to) {
        return Mono.fromCallable(() -> {
                    String of = question.service(service);
                    TimeRange shown = from == null && to == null
                            ? TimeRange.upTo(question.now(), CompareAnswer.SPAN)
                            : question.range(from, to);
                    Epoch at = a == null && b == null ? epoch(of, epoch) : null;
                    try {
                        Sides.Pair pair = at == null
                                ? sides.of(of, side(a), side(b), shown, question.now())
                                : sides.of(of, "before:" + at.name(), "", shown, question.now());
                        return CompareAnswer.of(comparing.compare(of, pair.before(), pair.after()), at);
                    } catch (WrongSideException wrong) {
                        throw RefusedException.bad(
                                "No such side of a comparison", wrong.found(), wrong.expected(), HINT);
                    }
                })
                .subscribeOn(scheduler);
    }

    private Epoch epoch(String service, @Nullable String name) {
        List<Epoch> known = epochs.of(service);
        for (Epoch each : known) {
            if (name == null || name.isBlank() || each.name().equals(name)) {
                return each;
            }
        }
        throw RefusedException.unknown(
                "Unknown epoch",
                name == null ? "none" : name,
                known.isEmpty()
                        ? "an epoch of " + service + "; it has none"
                        : "one of " + known.stream().map(Epoch::name).distinct().toList(),
                HINT);
    }

    private String side(@Nullable String text) {
        int slash = text == null || text.contains(":/") || text.startsWith("version:") ? -1 : text.indexOf('/');
        if (text == null || slash < 0) {
            return text == null ? "" : text;
        }
        TimeRange range = question.range(text.substring(0, slash), text.substring(slash + 1));
        return range.from() + "/" + range.to();
    }
}
