package dev.headroom.core.hook;

import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hears what becomes of the subscriptions of one reactive publisher. It consists of the JDK's functional interfaces, so that advice
 * can hand it to Reactor's own operators: as the resource of {@code using} it knows when a subscription begins and ends, as the
 * consumer of {@code doOnEach} what was published and how it failed. Never throws.
 *
 * <p>Made for a publisher that is subscribed to once, or once again after its end. Of subscriptions side by side each has its begin
 * and end, and the last one hears what is published.
 */
public abstract class Watch implements Callable<Object>, Function<Object, Object>, Consumer<Object> {
    private static final Getter ELEMENT = new Getter("get");
    private static final Getter FAILURE = new Getter("getThrowable");
    private static final Subscribed UNHEARD = new Subscribed() {
        @Override
        protected void ended(boolean complete, @Nullable Throwable failure) {}
    };

    private volatile Object source;
    private volatile Subscribed last = UNHEARD;

    /** @param publisher as the library made it */
    protected Watch(Object publisher) {
        source = publisher;
    }

    /** The publisher to subscribe to: the library's, with this as its consumer of signals. */
    public final void listenTo(Object publisher) {
        source = publisher;
    }

    /** Somebody subscribes on the calling thread; null: nobody wants to know. */
    protected abstract @Nullable Subscribed subscribed();

    /** A subscription begins. */
    @Override
    public final Object call() {
        Subscribed begun = null;
        try {
            begun = subscribed();
        } catch (RuntimeException | Error unmeasured) {
            // the application's subscription goes on all the same
        }
        last = begun == null ? UNHEARD : begun;
        return last;
    }

    /** What is to be subscribed to. */
    @Override
    public final Object apply(Object subscription) {
        return source;
    }

    /** A signal of the publisher, or the end of the subscription that is handed over. */
    @Override
    public final void accept(Object told) {
        try {
            if (told instanceof Subscribed) {
                ((Subscribed) told).end();
            } else {
                last.hear(told);
            }
        } catch (RuntimeException | Error unmeasured) {
            // as above
        }
    }

    /** One subscription; its signals come one after the other, on whatever threads. */
    public abstract static class Subscribed {
        private boolean complete;
        private @Nullable Throwable failure;

        private void hear(Object signal) {
            Object element = ELEMENT.of(signal);
            if (element != null) {
                next(element);
            } else {
                Object thrown = FAILURE.of(signal);
                failure = thrown instanceof Throwable ? (Throwable) thrown : null;
                complete = failure == null;
            }
        }

        private void end() {
            ended(complete, failure);
        }

        /** Something was published. */
        protected void next(Object element) {}

        /**
         * The subscription is over: complete, failed, or else given up by the subscriber. A publisher of one element may have had no
         * time to say that it is complete.
         */
        protected abstract void ended(boolean complete, @Nullable Throwable failure);
    }
}
