package dev.headroom.dashboard.notify;

import dev.headroom.dashboard.budget.BudgetBook;
import dev.headroom.dashboard.incident.Incidents;
import dev.headroom.dashboard.store.SettingStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Sets the notifications going. */
@Configuration(proxyBeanMethods = false)
class NotifyWiring {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration LEAST_PAUSE = Duration.ofSeconds(2);
    private static final Duration MOST_PAUSE = Duration.ofMinutes(5);
    private static final int MOST_WAITING = 1_000;

    @Bean(destroyMethod = "close")
    Notifier notifier(
            NotifyProperties properties,
            BudgetBook book,
            Incidents incidents,
            SettingStore store,
            InstantSource clock,
            MeterRegistry registry,
            SslBundles bundles,
            Environment environment) {
        Notifier notifier = new Notifier(
                new Outbox(store, clock, MOST_WAITING),
                couriers(properties, clock, bundles),
                new Backoff(LEAST_PAUSE, MOST_PAUSE, properties.giveUpAfter()),
                clock,
                registry);
        notifier.direct(recipients(properties, environment).of(book.file().alertTargets()));
        book.onReplaced(
                newer -> notifier.direct(recipients(properties, environment).of(newer.alertTargets())));
        incidents.listen(new IncidentNews(notifier::tell, () -> book.file().budgets()));
        return notifier;
    }

    static Notifier.Couriers couriers(NotifyProperties properties, InstantSource clock, SslBundles bundles) {
        Links links = new Links(properties.linkBase());
        NotifyProperties.Smtp smtp = properties.smtp();
        Courier webhook = new WebhookCourier(new MessageBody(links), clock, PATIENCE);
        Courier mail = smtp.named() ? new MailCourier(smtp, links, PATIENCE, trust(smtp, bundles)) : null;
        return new Notifier.Couriers(webhook, mail);
    }

    private static @Nullable SSLSocketFactory trust(NotifyProperties.Smtp smtp, SslBundles bundles) {
        return smtp.sslBundle().isBlank()
                ? null
                : bundles.getBundle(smtp.sslBundle()).createSslContext().getSocketFactory();
    }

    static Recipients recipients(NotifyProperties properties, Environment environment) {
        return new Recipients(environment::getProperty, properties.smtp().named());
    }
}
