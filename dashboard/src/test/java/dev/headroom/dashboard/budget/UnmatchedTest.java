package dev.headroom.dashboard.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.budget.file.BudgetFileReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Budgets that match nothing. */
class UnmatchedTest {
    private static final Map<String, String> PATIENTS =
            Map.of("http.request.method", "GET", "http.route", "/patients", "http.response.status_code", "200");

    private Shop shop;

    @BeforeEach
    void open(@TempDir Path directory) {
        shop = new Shop(directory).keep(Duration.ofDays(3));
        shop.budgets("{ id: x, signal: http, measure: p95(duration), target: \"< 1s\" }");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private List<String> warnings(String budgets) {
        String text = "version: 1\nextends: [headroom:recommended]\nbudgets:\n" + budgets;
        BudgetBook book = new BudgetBook(
                new BudgetFileReader(LocalDate.of(2026, 11, 21)).parse("budgets.yaml", text), text, shop.clock);
        try (Unmatched unmatched = new Unmatched(shop.store(), book, () -> shop.clock)) {
            unmatched.look();
        }
        return book.warnings();
    }

    @Test
    void aRouteWithATypoIsToldOfAfterADay() {
        String typo =
                "  - { id: list, signal: http, where: { route: GET /patiens }, measure: p95(duration), target: \"< 1s\" }\n";
        String right =
                "  - { id: right, signal: http, where: { route: GET /patients }, measure: p95(duration), target: \"< 1s\" }\n";
        shop.durations(Metric.HTTP_SERVER_DURATION, PATIENTS, 10, 0.01).next();
        assertThat(warnings(typo)).as("the service is young").isEmpty();
        shop.pass(Duration.ofHours(25));
        shop.durations(Metric.HTTP_SERVER_DURATION, PATIENTS, 10, 0.01).next();
        assertThat(warnings(typo + right))
                .singleElement()
                .asString()
                .isEqualTo(
                        "list has matched nothing for a day: route \"GET /patiens\". Did you mean \"GET /patients\"?");
    }
}
