package dev.headroom.dashboard.log;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.logback.ExtendedWhitespaceThrowableProxyConverter;

/** The conversion word {@code %plainEx} of log patterns: a stack trace whose messages are one line each. Thread-safe. */
public final class PlainThrowable extends ExtendedWhitespaceThrowableProxyConverter {
    @Override
    protected String throwableProxyToString(IThrowableProxy failure) {
        return super.throwableProxyToString(new Plain(failure));
    }

    private record Plain(IThrowableProxy failure) implements IThrowableProxy {
        static @Nullable Plain of(@Nullable IThrowableProxy failure) {
            return failure == null ? null : new Plain(failure);
        }

        @Override
        public @Nullable String getMessage() {
            String message = failure.getMessage();
            return message == null ? null : PlainText.of(message, false);
        }

        @Override
        public @Nullable String getOverridingMessage() {
            String message = failure.getOverridingMessage();
            return message == null ? null : PlainText.of(message, false);
        }

        @Override
        public String getClassName() {
            return failure.getClassName();
        }

        @Override
        public StackTraceElementProxy[] getStackTraceElementProxyArray() {
            return failure.getStackTraceElementProxyArray();
        }

        @Override
        public int getCommonFrames() {
            return failure.getCommonFrames();
        }

        @Override
        public @Nullable IThrowableProxy getCause() {
            return of(failure.getCause());
        }

        @Override
        public IThrowableProxy[] getSuppressed() {
            return Arrays.stream(failure.getSuppressed()).map(Plain::new).toArray(IThrowableProxy[]::new);
        }

        @Override
        public boolean isCyclic() {
            return failure.isCyclic();
        }
    }
}
