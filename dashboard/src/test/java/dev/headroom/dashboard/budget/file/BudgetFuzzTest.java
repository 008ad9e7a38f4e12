package dev.headroom.dashboard.budget.file;

import dev.headroom.dashboard.fuzz.FuzzRun;
import dev.headroom.dashboard.fuzz.TextMutator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A budget file is wrong in more ways than anybody thinks of: each ends in a message with a place, none in a failure. */
class BudgetFuzzTest {
    private static final List<String> ODD = List.of(
            "*a",
            "&a [*a]",
            "!!java.net.URL x",
            "<<: *a",
            "? x",
            "- - -",
            "{",
            "}",
            "[",
            "|",
            ">",
            "%YAML 9",
            "---",
            "...",
            "1e999",
            "-1",
            "0",
            "99999999999999999999",
            "NaN",
            ".inf",
            "~",
            "0x7fffffffffffffff",
            "2026-99-99",
            "p99.999999999",
            "p0",
            "p100",
            "< 0ms",
            "< 1e300h",
            "<= -5",
            "100%%",
            "/**",
            "(a+)+$",
            "\"\\u0000\"",
            "'",
            "\"",
            ":",
            "#",
            "@",
            "`",
            "\t",
            "\u0000",
            "headroom:recommended",
            "extends: [headroom:crud]",
            "version: 2");

    @Test
    void budgets() throws IOException {
        BudgetFileReader reader = new BudgetFileReader(LocalDate.of(2026, 11, 21));
        // The packs that a file extends are read as well, whatever its size.
        new FuzzRun(60_000_000, 5_000, BudgetFileException.class)
                .over(
                        "budgets.yaml",
                        packs(),
                        (sound, random) -> new TextMutator(random, ODD).mutate(sound),
                        yaml -> reader.parse("fuzz", new String(yaml, StandardCharsets.UTF_8)));
    }

    private static List<byte[]> packs() throws IOException {
        List<byte[]> packs = new ArrayList<>();
        for (String name : List.of("recommended", "crud", "cache", "jvm")) {
            try (InputStream in = BudgetFileReader.class.getResourceAsStream("/budgets/" + name + ".yaml")) {
                packs.add(in.readAllBytes());
            }
        }
        return packs;
    }
}
