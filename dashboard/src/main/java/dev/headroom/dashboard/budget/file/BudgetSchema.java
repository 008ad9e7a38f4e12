package dev.headroom.dashboard.budget.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The JSON Schema of the language, for editors. It checks the shape; {@link BudgetFileReader} checks the rest. */
public final class BudgetSchema {
    private static final String RESOURCE = "/budgets/schema.json";

    private BudgetSchema() {}

    /** The schema as JSON (draft 2020-12). */
    public static String text() {
        try (InputStream in = BudgetSchema.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the dashboard's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
