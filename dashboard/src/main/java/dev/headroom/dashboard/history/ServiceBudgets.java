package dev.headroom.dashboard.history;

import dev.headroom.dashboard.budget.EventCounts;
import dev.headroom.dashboard.budget.EventHistory;
import dev.headroom.dashboard.budget.EventHistory.Account;
import dev.headroom.dashboard.budget.EventHistory.Counted;
import dev.headroom.dashboard.store.BudgetSubject;
import dev.headroom.dashboard.store.HistoryStore;
import dev.headroom.dashboard.store.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The error budgets of one service. Not thread-safe. */
final class ServiceBudgets {
    /** The windows that the alert rules pair, shortest first. */
    static final List<Duration> SHORT = List.of(
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(6));

    static final List<Duration> LONG = List.of(Duration.ofDays(1), Duration.ofDays(3));
    private static final Duration LAG = Duration.ofSeconds(30);
    private static final long END_SECONDS = 10;
    private static final int HOURS_AT_ONCE = 24;

    private final String service;
    private final EventHistory events;
    private final HourBook hours;
    private final BurnSlots slots;

    ServiceBudgets(String service, EventHistory events, HistoryStore store, Instant now) {
        this.service = service;
        this.events = events;
        this.hours = new HourBook(service, events, store, now.minus(longest(events.accounts())), now.minus(LAG));
        this.slots = new BurnSlots(service, events);
    }

    static Duration longest(List<Account> accounts) {
        Duration longest = Duration.ofDays(3);
        for (Account account : accounts) {
            longest = account.period().compareTo(longest) > 0 ? account.period() : longest;
        }
        return longest;
    }

    void touched(Instant start, Instant end, Instant now) {
        hours.touched(start, end, now);
        slots.touched(start);
    }

    /** Works out some hours that are due; returns whether there are more. */
    boolean catchUp(Instant now) {
        List<Account> accounts = events.accounts();
        long revision = revision(accounts);
        hours.revised(revision);
        hours.advance(now.minus(longest(accounts)), now.minus(LAG));
        hours.work(HOURS_AT_ONCE, revision);
        return !hours.settled();
    }

    private static long revision(List<Account> accounts) {
        long sum = 0;
        for (Account account : accounts) {
            sum += Objects.hash(account.budget().hashCode(), account.definition()) * 0x9E3779B97F4A7C15L;
        }
        return sum;
    }

    private record Defined(String budget, long definition) {}

    /** What is left of each error budget now, and how fast it goes. */
    Map<BudgetSubject, ErrorBudget> budgets(Instant now) {
        List<Account> accounts = events.accounts();
        Instant end = Instant.ofEpochSecond(now.getEpochSecond() / END_SECONDS * END_SECONDS);
        slots.advance(now.minus(LAG), revision(accounts));
        Map<Counted, EventCounts> newest = read(slots.to(), end);
        Instant present = hours.end(now);
        Map<Counted, EventCounts> sinceHour = read(present, end);
        List<Instant> since = new ArrayList<>();
        LONG.forEach(window -> since.add(end.minus(window)));
        List<Duration> periods =
                accounts.stream().map(Account::period).distinct().toList();
        periods.forEach(period -> since.add(end.minus(period)));
        List<Map<Counted, EventCounts>> sums =
                hours.sums(since, HourBook.floor(present.minusMillis(1)).plus(HourBook.HOUR));
        List<Map<Counted, EventCounts>> recent =
                slots.since(SHORT.stream().map(end::minus).toList());
        Map<BudgetSubject, ErrorBudget> budgets = new HashMap<>();
        Map<Defined, Account> defined = new HashMap<>();
        accounts.forEach(account -> defined.put(new Defined(account.budget(), account.definition()), account));
        Set<Counted> counted = new HashSet<>(sinceHour.keySet());
        sums.subList(LONG.size(), sums.size()).forEach(sum -> counted.addAll(sum.keySet()));
        for (Counted about : counted) {
            Account account = defined.get(new Defined(about.budget(), about.definition()));
            int period = account == null ? -1 : LONG.size() + periods.indexOf(account.period());
            if (account != null
                    && (sinceHour.containsKey(about) || sums.get(period).containsKey(about))) {
                List<ErrorBudget.Burn> burns = new ArrayList<>();
                for (int i = 0; i < SHORT.size(); i++) {
                    burns.add(
                            ErrorBudget.Burn.of(SHORT.get(i), sum(about, recent.get(i), newest), account.allowance()));
                }
                for (int i = 0; i < LONG.size(); i++) {
                    burns.add(
                            ErrorBudget.Burn.of(LONG.get(i), sum(about, sums.get(i), sinceHour), account.allowance()));
                }
                Instant begin = HourBook.floor(end.minus(account.period()));
                Instant first = hours.first();
                budgets.put(
                        new BudgetSubject(service, about.budget(), about.subject()),
                        new ErrorBudget(
                                account.allowance(),
                                account.period(),
                                first.isAfter(begin) ? first : begin,
                                end,
                                sum(about, sums.get(period), sinceHour),
                                List.copyOf(burns)));
            }
        }
        return budgets;
    }

    private Map<Counted, EventCounts> read(Instant from, Instant to) {
        return from.isBefore(to)
                ? events.count(service, new TimeRange(from, to)).counts()
                : Map.of();
    }

    private static EventCounts sum(Counted about, Map<Counted, EventCounts> a, Map<Counted, EventCounts> b) {
        return a.getOrDefault(about, EventCounts.NONE).plus(b.getOrDefault(about, EventCounts.NONE));
    }
}
