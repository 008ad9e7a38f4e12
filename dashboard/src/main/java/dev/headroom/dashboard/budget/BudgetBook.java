package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.BudgetFile;
import dev.headroom.dashboard.budget.file.BudgetFileException;
import dev.headroom.dashboard.budget.file.BudgetText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The budget file in force, and what is wrong with a newer one that is not. Thread-safe; never blocks.
 */
public final class BudgetBook {
    /**
     * A newer file that could not be taken.
     *
     * @param since when the first one was refused after the one in force
     */
    public record Refused(Instant since, String message, List<BudgetFileException.Problem> problems) {}

    private final List<Consumer<BudgetFile>> listeners = new CopyOnWriteArrayList<>();
    private volatile BudgetFile file;
    private volatile String text;
    private volatile Instant since;
    private volatile @Nullable Refused refused;
    private volatile List<String> unmatched = List.of();

    /**
     * @param text that the file was read from
     * @param since when it came into force
     */
    public BudgetBook(BudgetFile file, String text, Instant since) {
        this.file = file;
        this.text = text;
        this.since = since;
    }

    /** The file in force; another one after every change, so ask again. */
    public BudgetFile file() {
        return file;
    }

    /** The text of the file in force, without the packs that it extends and without whom to notify: an address may be a secret. */
    public String text() {
        return BudgetText.withoutNotify(text);
    }

    /** When it came into force. */
    public Instant since() {
        return since;
    }

    /** What is wrong with the file as it stands now; null while the one in force is the newest. */
    public @Nullable Refused refused() {
        return refused;
    }

    /** What is legal but suspicious: in the file itself, and budgets that have matched nothing for a day. */
    public List<String> warnings() {
        List<String> all = new ArrayList<>(file.warnings());
        all.addAll(unmatched);
        return all;
    }

    /** Tells the listener of every file that comes into force, on the thread that read it: return soon. */
    public void onReplaced(Consumer<BudgetFile> listener) {
        listeners.add(listener);
    }

    /** Puts a file in force. */
    void take(BudgetFile newer, String newText, Instant now) {
        file = newer;
        text = newText;
        since = now;
        refused = null;
        unmatched = List.of();
        listeners.forEach(listener -> listener.accept(newer));
    }

    /** The newest file is the one in force again. */
    void settle() {
        refused = null;
    }

    /** Keeps the file in force, for the newer one is wrong. */
    void refuse(BudgetFileException wrong, Instant now) {
        Refused before = refused;
        refused =
                new Refused(before == null ? now : before.since, String.valueOf(wrong.getMessage()), wrong.problems());
    }

    /** Budgets that have matched nothing for a day, in words. */
    void unmatched(List<String> warnings) {
        unmatched = List.copyOf(warnings);
    }
}
