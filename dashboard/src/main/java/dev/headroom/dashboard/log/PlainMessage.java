package dev.headroom.dashboard.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** The conversion word {@code %m} of log patterns. Thread-safe. */
public final class PlainMessage extends ClassicConverter {
    /** Why the dashboard does not start is said in many lines, and none of them comes from outside. */
    private static final String OWN_LINES = "org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter";

    @Override
    public String convert(ILoggingEvent event) {
        return PlainText.of(event.getFormattedMessage(), event.getLoggerName().equals(OWN_LINES));
    }
}
