package dev.headroom.dashboard.budget.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What tells the subjects of a budget apart. */
public enum Per {
    SERVICE,
    ENV,
    INSTANCE,
    VERSION,
    ROUTE,
    CLASS,
    QUERY,
    TABLE,
    POOL,
    CACHE,
    PEER;

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (Per per : values()) {
            keys.add(per.key());
        }
        return keys;
    }

    static @Nullable Per of(String key) {
        for (Per per : values()) {
            if (per.key().equals(key)) {
                return per;
            }
        }
        return null;
    }
}
