package dev.headroom.dashboard.page.config;

import dev.headroom.dashboard.budget.BackTests;
import dev.headroom.dashboard.budget.BudgetBook;
import dev.headroom.dashboard.budget.BudgetTrial;
import dev.headroom.dashboard.budget.LimitSuggestions;
import dev.headroom.dashboard.budget.file.BudgetFileException;
import dev.headroom.dashboard.page.Pages;
import dev.headroom.dashboard.store.TimeRange;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Shows the budget file, checks an edited one and judges it over stored time. Changes nothing: the file is edited where it lies. */
@Controller
final class BudgetConfigController {
    private static final String PATH = "/config/budgets";
    private static final Map<String, Duration> REACHES = Map.of(
            "1h", Duration.ofHours(1), "1d", Duration.ofDays(1), "7d", Duration.ofDays(7), "30d", Duration.ofDays(30));
    private static final Duration SUGGESTED_FROM = Duration.ofDays(1);

    private final Pages pages;
    private final BudgetBook book;
    private final BackTests tests;
    private final LimitSuggestions suggestions;
    private final InstantSource clock;
    private final Scheduler scheduler;

    BudgetConfigController(
            Pages pages,
            BudgetBook book,
            BackTests tests,
            LimitSuggestions suggestions,
            InstantSource clock,
            Scheduler storeReads) {
        this.pages = pages;
        this.book = book;
        this.tests = tests;
        this.suggestions = suggestions;
        this.clock = clock;
        this.scheduler = storeReads;
    }

    @GetMapping(PATH)
    Mono<Rendering> config(ServerWebExchange exchange) {
        return pages.show("budget-config", exchange, frame -> {
            BackTests.Job job = tests.job(frame.parameter("test"));
            String about = frame.subject();
            boolean suggest = about != null && frame.parameter("suggest").equals("yes");
            return BudgetConfigPage.of(
                    book,
                    book.text(),
                    null,
                    job,
                    suggest && about != null
                            ? suggestions.of(about, TimeRange.upTo(frame.now(), SUGGESTED_FROM))
                            : null);
        });
    }

    /** Checks the edited text, or begins to judge it. */
    @PostMapping(PATH)
    Mono<Rendering> edited(ServerWebExchange exchange) {
        return exchange.getFormData().publishOn(scheduler).flatMap(form -> {
            String yaml = text(form, "yaml");
            try {
                BudgetTrial trial = BudgetTrial.of(
                        book,
                        yaml,
                        text(form, "id"),
                        text(form, "target"),
                        form.getFirst("acceptable") == null
                                        || text(form, "acceptable").isBlank()
                                ? null
                                : text(form, "acceptable"),
                        clock.instant());
                if (text(form, "do").equals("test")) {
                    return Mono.just(begin(trial, form));
                }
                return show(
                        exchange,
                        yaml,
                        new BudgetConfigPage.Checked(
                                trial.file().warnings(), trial.file().notes(), java.util.List.of()));
            } catch (BudgetFileException wrong) {
                exchange.getResponse().setStatusCode(HttpStatus.BAD_REQUEST);
                return show(exchange, yaml, BudgetConfigPage.Checked.wrong(wrong));
            }
        });
    }

    private Rendering begin(BudgetTrial trial, MultiValueMap<String, String> form) {
        Duration length = REACHES.getOrDefault(text(form, "over"), Duration.ofDays(7));
        BackTests.Job job = tests.begin(
                trial.file(), trial.budgets(), text(form, "service"), TimeRange.upTo(clock.instant(), length));
        if (job == null) {
            throw new BudgetFileException("found a full queue of back-tests; expected one at a time: try again soon");
        }
        String service = URLEncoder.encode(job.service(), StandardCharsets.UTF_8);
        return Rendering.redirectTo(PATH + "?service=" + service + "&test=" + job.id())
                .status(HttpStatus.SEE_OTHER)
                .build();
    }

    private Mono<Rendering> show(ServerWebExchange exchange, String yaml, BudgetConfigPage.Checked checked) {
        return pages.show("budget-config", exchange, frame -> BudgetConfigPage.of(book, yaml, checked, null, null));
    }

    private static String text(MultiValueMap<String, String> form, String field) {
        @Nullable String value = form.getFirst(field);
        return value == null ? "" : value;
    }
}
