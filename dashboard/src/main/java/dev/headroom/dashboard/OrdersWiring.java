package dev.headroom.dashboard;

import dev.headroom.dashboard.budget.LimitsBook;
import dev.headroom.dashboard.control.OrderBook;
import dev.headroom.dashboard.control.OrderSheet;
import dev.headroom.dashboard.ingest.OrdersVersion;
import dev.headroom.dashboard.ingest.WindowWish;
import dev.headroom.dashboard.live.LiveWatch;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts the budgets' limits and people's orders on one sheet, and lets the receiver tell agents when it has changed, and when somebody
 * looks on.
 */
@Configuration(proxyBeanMethods = false)
class OrdersWiring {
    @Bean
    OrderSheet orderSheet(LimitsBook limits, OrderBook orders) {
        return new OrderSheet(limits::lines, orders);
    }

    @Bean
    OrdersVersion ordersVersion(OrderSheet sheet) {
        return sheet::version;
    }

    @Bean
    WindowWish windowWish(LiveWatch watch) {
        return watch::windowMillis;
    }
}
