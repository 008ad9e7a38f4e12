package dev.headroom.dashboard.page.notifications;

import dev.headroom.dashboard.notify.Notifications;
import dev.headroom.dashboard.page.Pages;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Who is told, and what waits. */
@Controller("notificationsPageController")
final class NotificationsController {
    private final Pages pages;
    private final Notifications notifications;

    NotificationsController(Pages pages, Notifications notifications) {
        this.pages = pages;
        this.notifications = notifications;
    }

    @GetMapping("/notifications")
    Mono<Rendering> notifications(ServerWebExchange exchange) {
        return pages.show(
                "notifications", exchange, frame -> NotificationsPage.of(notifications.report(), frame.now()));
    }
}
