package dev.headroom.dashboard.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.budget.file.BudgetFileReader;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecipientsTest {
    private static List<Recipient> of(String notify, boolean mail, Map<String, String> environment) {
        return new Recipients(environment::get, mail)
                .of(new BudgetFileReader(LocalDate.of(2026, 11, 21))
                        .parse("budgets.yaml", "version: 1\nnotify:\n  " + notify + "\n")
                        .alertTargets());
    }

    @Test
    void variablesAreFilledInAndNotShown() {
        List<Recipient> all = of(
                "page: [ { webhook: \"${URL}\" }, { webhook: \"https://u:pw@h.org:8443/${KEY}\", format: slack } ]",
                false,
                Map.of("URL", "https://hooks.example.org/s3cret", "KEY", "k$1"));
        assertThat(all).extracting(Recipient::name).containsExactly("page/webhook/1", "page/webhook/2");
        assertThat(all)
                .extracting(Recipient::address)
                .containsExactly("https://hooks.example.org/s3cret", "https://u:pw@h.org:8443/k$1");
        assertThat(all)
                .extracting(Recipient::shown)
                .containsExactly("https://hooks.example.org/…", "https://h.org:8443/…");
        assertThat(all).allMatch(Recipient::usable);
    }

    @Test
    void whatWaitsForATargetSurvivesAnotherValueOfItsVariable() {
        String notify = "page: [ { webhook: \"${URL}\" } ]";
        assertThat(of(notify, false, Map.of("URL", "https://a.org/1")).get(0).id())
                .isEqualTo(of(notify, false, Map.of("URL", "https://b.org/2"))
                        .get(0)
                        .id())
                .doesNotContain("a.org");
    }

    @Test
    void aMissingVariableMakesItsTargetUnusableAndSaysWhere() {
        List<Recipient> all = of(
                "page: [ { webhook: \"${HEADROOM_PAGE_URL}\" } ]\n  ticket: [ { email: \"a@b.org\" } ]",
                true,
                Map.of());
        assertThat(all.get(0).problem())
                .startsWith("budgets.yaml:3: notify.page: found ${HEADROOM_PAGE_URL}")
                .contains("set HEADROOM_PAGE_URL");
        assertThat(all.get(1).usable()).isTrue();
    }

    @Test
    void aValueThatIsNoAddressIsNotRepeated() {
        Recipient wrong = of("page: [ { webhook: \"${URL}\" } ]", false, Map.of("URL", "s3cret"))
                .get(0);
        assertThat(wrong.usable()).isFalse();
        assertThat(wrong.problem()).contains("budgets.yaml:3").doesNotContain("s3cret");
        assertThat(wrong.shown()).doesNotContain("s3cret");
    }

    @Test
    void everyMailAddressIsARecipientOfItsOwn() {
        List<Recipient> all =
                of("ticket: [ { email: \"a@b.org, ${TEAM}\" } ]", true, Map.of("TEAM", "c@d.org,e@f.org"));
        assertThat(all).extracting(Recipient::address).containsExactly("a@b.org", "c@d.org", "e@f.org");
        assertThat(all)
                .extracting(Recipient::name)
                .containsExactly("ticket/email/1", "ticket/email/2", "ticket/email/3");
    }

    @Test
    void mailsNeedAServer() {
        assertThat(of("ticket: [ { email: \"a@b.org\" } ]", false, Map.of())
                        .get(0)
                        .problem())
                .contains("headroom.notify.smtp.host");
    }
}
