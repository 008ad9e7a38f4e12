package dev.headroom.dashboard.budget.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "version: 1\nnotify:\n  page: [ { webhook: \"https://secret.example/x\" } ]\n",
                "version: 1\nnotify:\n- secret\n",
                "notify: { page: [ { webhook: \"https://secret.example/x\" } ] }\nversion: 1\n",
                "version: 1\n\"no\\x74ify\":\n  page:\n    - webhook: https://secret.example/x\n      format: slack\n",
                "? notify\n: { page: [ { webhook: https://secret.example } ] }\nversion: 1\n",
                "{version: 1, notify: {page: [{webhook: \"https://secret.example\"}]}}",
                "# 🐾\nversion: 1 # 🐾\nnotify:\n  # why\n  page:\n  - email: secret@example.org\n",
            })
    void hidesWhomToNotifyHoweverItIsWritten(String yaml) {
        assertThat(BudgetText.withoutNotify(yaml))
                .doesNotContain("secret.", "secret@", "- secret")
                .contains("version: 1");
    }

    @Test
    void leavesTheRestAsItIsWritten() {
        String before = "version: 1   # one\n\nextends: [ headroom:crud ]\n";
        String after =
                "budgets:\n  - { id: a, signal: http, measure: p95(duration), target: \"< 50ms\" }  # notify nobody\n";
        String notify = "notify:\n  page: [ { webhook: \"${URL}\" } ]\n";

        String shown = BudgetText.withoutNotify(before + notify + after);

        assertThat(shown).startsWith(before).endsWith(after).contains("# not shown");
        assertThat(new BudgetFileReader(LocalDate.of(2026, 11, 21))
                        .parse("shown", shown)
                        .budgets())
                .isNotEmpty();
        assertThat(BudgetText.withoutNotify(before + after)).isEqualTo(before + after);
    }
}
