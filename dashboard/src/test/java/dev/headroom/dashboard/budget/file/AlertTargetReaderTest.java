package dev.headroom.dashboard.budget.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertTargetReaderTest {
    private static BudgetFile parse(String notify) {
        return new BudgetFileReader(LocalDate.of(2026, 11, 21))
                .parse("budgets.yaml", "version: 1\nnotify:\n  " + notify + "\n");
    }

    @Test
    void readsChannelsAndFormats() {
        BudgetFile file = parse("""
                page: [ { webhook: "${HEADROOM_PAGE_URL}" }, { webhook: "https://hooks.example.org/${KEY}/1", format: slack } ]
                  ticket: [ { email: "team@example.org, ${ON_CALL}" } ]
                """);
        assertThat(file.alertTargets().get(Knobs.Severity.PAGE))
                .containsExactly(
                        new AlertTarget(
                                AlertTarget.Channel.WEBHOOK,
                                "${HEADROOM_PAGE_URL}",
                                AlertTarget.Format.JSON,
                                "budgets.yaml:3"),
                        new AlertTarget(
                                AlertTarget.Channel.WEBHOOK,
                                "https://hooks.example.org/${KEY}/1",
                                AlertTarget.Format.SLACK,
                                "budgets.yaml:3"));
        assertThat(file.alertTargets().get(Knobs.Severity.TICKET))
                .extracting(AlertTarget::channel)
                .isEqualTo(List.of(AlertTarget.Channel.EMAIL));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "page: [ { webhook: \"ftp://s3cret.example.org\" } ]         | webhook: found something else",
                "page: [ { webhook: \"https://x.org/${s3cret\" } ]           | a variable is written ${NAME}",
                "page: [ { webhook: \"https://x.org\", format: slak } ]      | Did you mean",
                "page: [ { email: \"nobody\" } ]                             | an e-mail address",
                "page: [ { email: \"a@b\", format: slack } ]                 | e-mails have one form",
                "page: [ { email: \"a@b\", webhook: \"https://x.org\" } ]    | one of webhook, email",
                "page: [ { format: json } ]                                  | one of webhook, email",
                "none: [ { email: \"a@b\" } ]                                | one of page, ticket",
            })
    void mistakesSayWhere(String notify, String message) {
        assertThatThrownBy(() -> parse(notify))
                .isInstanceOf(BudgetFileException.class)
                .hasMessageStartingWith("budgets.yaml:3:")
                .hasMessageContaining(message)
                .hasMessageNotContaining("s3cret");
    }
}
