package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.BudgetFile;
import dev.headroom.dashboard.budget.file.BudgetFileException;
import dev.headroom.dashboard.budget.file.BudgetFileReader;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the budget file every two seconds and puts it in force when it has changed. It compares the text, not the time of the
 * file, so that a link which is pointed elsewhere (as Kubernetes does with mounted configuration) counts and a touched file does not.
 * A file is read when two looks found the same text: half of a file that is being written is never taken. Not thread-safe but for
 * {@link #start} and {@link #close}.
 */
final class BudgetFileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BudgetFileWatch.class);
    private static final long PAUSE_SECONDS = 2;

    private final BudgetBook book;
    private final String place;
    private final InstantSource clock;
    private final ScheduledExecutorService thread;
    private @Nullable String last;
    private @Nullable String judged;
    private LocalDate day;

    /** @param text of the file that the book holds */
    BudgetFileWatch(BudgetBook book, String place, String text, InstantSource clock) {
        this.book = book;
        this.place = place;
        this.judged = text;
        this.last = text;
        this.clock = clock;
        this.day = today();
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread created = new Thread(work, "headroom-budget-file");
            created.setDaemon(true);
            return created;
        });
    }

    void start() {
        ScheduledFuture<?> unused =
                thread.scheduleWithFixedDelay(this::lookSafely, PAUSE_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
    }

    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.warn("The budget file {} could not be looked at; the one in force stays", place, e);
        }
    }

    /** One look. */
    void look() {
        String text;
        try {
            text = BudgetFileReader.text(place);
        } catch (BudgetFileException unreadable) {
            judged = null;
            last = null;
            refuse(unreadable);
            return;
        }
        LocalDate today = today();
        if (text.equals(judged) && today.equals(day)) {
            last = text;
            return;
        }
        if (!text.equals(last)) {
            last = text;
            return;
        }
        judged = text;
        day = today;
        try {
            take(new BudgetFileReader(today).parse(place, text), text);
        } catch (BudgetFileException wrong) {
            refuse(wrong);
        }
    }

    private void take(BudgetFile newer, String text) {
        if (newer.equals(book.file())) {
            book.settle();
            return;
        }
        book.take(newer, text, clock.instant());
        LOG.info("{} budgets from {} are in force now", newer.budgets().size(), place);
        newer.warnings().forEach(warning -> LOG.warn("{}: {}", place, warning));
    }

    private void refuse(BudgetFileException wrong) {
        BudgetBook.Refused before = book.refused();
        book.refuse(wrong, clock.instant());
        if (before == null || !before.message().equals(wrong.getMessage())) {
            LOG.error("The budgets stay as they are, for the newer file is wrong: {}", wrong.getMessage());
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
