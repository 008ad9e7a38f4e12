package dev.headroom.dashboard.page.budget;

import dev.headroom.dashboard.history.ErrorBudget;
import dev.headroom.dashboard.page.BudgetWords;
import dev.headroom.dashboard.page.Figures;
import java.util.ArrayList;
import java.util.List;

/** An error budget as its page writes it. Stateless. */
final class SpentWords {
    private SpentWords() {}

    static BudgetPage.Spent of(ErrorBudget budget) {
        List<BudgetPage.Fact> facts = new ArrayList<>();
        facts.add(new BudgetPage.Fact("Left", BudgetWords.left(budget)));
        facts.add(new BudgetPage.Fact("Exhausted", BudgetWords.exhausted(budget)));
        facts.add(new BudgetPage.Fact(
                "Allowed",
                Figures.percent(budget.allowance()) + " = " + Figures.number(Math.floor(budget.allowed())) + " bad"));
        facts.add(new BudgetPage.Fact(
                "Happened",
                Figures.count(budget.counts().overAcceptable()) + " bad of "
                        + Figures.count(budget.counts().all())));
        facts.add(new BudgetPage.Fact(
                "Period", BudgetWords.time(budget.period()) + ", counted " + Figures.span(budget.from(), budget.to())));
        Double left = budget.remaining();
        List<BudgetPage.Burn> burns = new ArrayList<>();
        for (ErrorBudget.Burn burn : budget.burns()) {
            Double rate = burn.rate();
            burns.add(new BudgetPage.Burn(
                    BudgetWords.time(burn.window()),
                    Figures.count(burn.counts().all()),
                    Figures.count(burn.counts().overAcceptable()),
                    rate == null ? Figures.NONE : Figures.number(Math.rint(rate * 100) / 100) + "×",
                    rate != null && rate > 1 ? "n bad" : "n"));
        }
        double share = left == null ? 0 : left;
        return new BudgetPage.Spent(
                facts,
                BudgetPages.percent(share < 0 ? 100 : share * 100),
                share < 0 ? "fail" : share < 0.25 ? "warn" : "pass",
                burns);
    }
}
