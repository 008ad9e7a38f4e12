package dev.headroom.dashboard.history;

import dev.headroom.dashboard.budget.BudgetReports;
import dev.headroom.dashboard.budget.EventHistory;
import dev.headroom.dashboard.store.HistoryStore;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.RightOfWay;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sets the history going. */
@Configuration(proxyBeanMethods = false)
class HistoryWiring {
    @Bean
    VerdictHistory verdictHistory(HistoryStore store, BudgetReports reports, InstantSource clock) {
        VerdictHistory history = new VerdictHistory(store, clock);
        history.follow(reports);
        return history;
    }

    @Bean
    ErrorBudgets errorBudgets(MetricStore metrics, EventHistory events, HistoryStore store, InstantSource clock) {
        ErrorBudgets budgets = new ErrorBudgets(metrics, events, store, clock);
        budgets.follow();
        return budgets;
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    HistoryThread historyThread(ErrorBudgets budgets, VerdictHistory verdicts, RightOfWay way) {
        return new HistoryThread(budgets, verdicts, way);
    }
}
