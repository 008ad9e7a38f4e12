package dev.headroom.dashboard.page;

import dev.headroom.dashboard.economics.RequestWork;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What one request to a route does. Stateless. */
public final class WorkTable {
    private WorkTable() {}

    public static Detail.Table of(Map<RequestWork.What, RequestWork.Item> items) {
        return new Detail.Table(
                "One request, counted in every one",
                List.of("Per request", "Mean", "p50", "p95", "Most", "Requests"),
                items.entrySet().stream()
                        .map(entry -> List.of(
                                entry.getKey().words(),
                                figure(entry, RequestWork.Item::mean),
                                figure(entry, RequestWork.Item::p50),
                                figure(entry, RequestWork.Item::p95),
                                figure(entry, RequestWork.Item::max),
                                Figures.count(entry.getValue().requests())))
                        .toList());
    }

    private static String figure(
            Map.Entry<RequestWork.What, RequestWork.Item> entry, ToDoubleFunction<RequestWork.Item> of) {
        double value = of.applyAsDouble(entry.getValue());
        return entry.getKey().isTime() ? Figures.duration(value) : Figures.number(value);
    }
}
