package dev.headroom.dashboard.page.store;

import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.store.StoreStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the store is, in words.
 *
 * @param refusal why nothing is stored at the moment; null when all is well
 * @param percent of the largest size, 0 to 100
 * @param losses what is not there any more, newest first
 */
public record StorePage(
        String path,
        String size,
        String limit,
        int percent,
        String free,
        @Nullable String refusal,
        List<Level> levels,
        List<Happening> losses) {

    /** A level of detail. */
    public record Level(
            String detail,
            String of,
            String reach,
            @Nullable String since,
            String keep,
            String size,
            int files,
            boolean shortened) {}

    /** @param loss whether measurements are gone */
    public record Happening(
            String when, String what, String span, String file, String size, String reason, boolean loss) {}

    private static final int SHOWN = 50;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Map<StoreStatus.Kind, String> WORDS = Map.of(
            StoreStatus.Kind.DAMAGED, "damaged, set aside",
            StoreStatus.Kind.DAMAGED_ROWS, "damaged rows, skipped",
            StoreStatus.Kind.REMOVED_EARLY, "removed early",
            StoreStatus.Kind.UNREADABLE, "not given by the disk",
            StoreStatus.Kind.REFUSED, "nothing stored for a while",
            StoreStatus.Kind.TAKEN_OVER, "taken over");

    static StorePage of(StoreStatus status, Instant now) {
        return new StorePage(
                status.path(),
                Figures.bytes((double) status.bytes()),
                Figures.bytes((double) status.maxBytes()),
                (int) Math.min(100, Math.round(100.0 * status.bytes() / status.maxBytes())),
                status.freeBytes() < 0 ? Figures.NONE : Figures.bytes((double) status.freeBytes()),
                status.refusal(),
                status.tiers().stream().map(tier -> level(tier, now)).toList(),
                status.events().stream().limit(SHOWN).map(StorePage::happening).toList());
    }

    private static Level level(StoreStatus.Tier tier, Instant now) {
        Instant oldest = tier.oldest();
        return new Level(
                length(tier.cell()),
                tier.perInstance() ? "each JVM" : "each service",
                oldest == null ? Figures.NONE : Figures.age(Duration.between(oldest, now)),
                oldest == null ? null : time(oldest) + " UTC",
                length(tier.keep()),
                Figures.bytes((double) tier.bytes()),
                tier.files(),
                tier.shortened());
    }

    private static Happening happening(StoreStatus.Event event) {
        Instant from = event.from();
        Instant to = event.to();
        return new Happening(
                time(event.time()),
                WORDS.getOrDefault(event.kind(), event.kind().name()),
                from == null || to == null ? "" : time(from) + " – " + time(to),
                event.file(),
                event.bytes() == 0 ? "" : Figures.bytes((double) event.bytes()),
                event.reason(),
                event.loss());
    }

    private static String time(Instant time) {
        return TIME.format(time);
    }

    private static String length(Duration length) {
        long seconds = length.toSeconds();
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + " d";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + " h";
        }
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }
}
