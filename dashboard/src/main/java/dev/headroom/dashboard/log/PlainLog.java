package dev.headroom.dashboard.log;

import ch.qos.logback.classic.PatternLayout;
import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Puts the plain conversion words in place before Spring Boot sets logging up; a logback file of our own would take away its settings
 * for files and structured logs. The word for failures is named in application.yaml.
 */
public final class PlainLog implements ApplicationListener<ApplicationStartingEvent>, Ordered {
    @Override
    public void onApplicationEvent(ApplicationStartingEvent starting) {
        for (String word : new String[] {"m", "msg", "message"}) {
            PatternLayout.DEFAULT_CONVERTER_SUPPLIER_MAP.put(word, PlainMessage::new);
        }
        PatternLayout.DEFAULT_CONVERTER_SUPPLIER_MAP.put("plainEx", PlainThrowable::new);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
