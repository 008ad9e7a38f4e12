package dev.headroom.core.hook.httpclient;

import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.PerThread;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The URL templates that one thread's application gave to clients that stand on other clients, which know only what became of them.
 * Calls that begin while such a client runs are told under its template. Used by its own thread only; allocates nothing in steady
 * state.
 */
final class UrlTemplates {
    /** Clients that call clients within one another; those within more are told without a template. */
    private static final int MAX_DEPTH = 8;

    private static final PerThread<UrlTemplates> CURRENT = new PerThread<UrlTemplates>() {
        @Override
        protected UrlTemplates initial() {
            return new UrlTemplates();
        }
    };

    private final @Nullable String[] templates = new String[MAX_DEPTH];
    private int depth;
    private int abandoned;

    /** A call that has begun and of which the request is being written. */
    private @Nullable ClientCalls writing;

    private @Nullable Object key;

    /** Identity of the URI last written outside of such a call, and its template. */
    private int uri;

    private @Nullable String uriTemplate;

    private UrlTemplates() {}

    static UrlTemplates current() {
        return CURRENT.get();
    }

    /** Of calls that this thread begins now; null for none. */
    static @Nullable String now() {
        return CURRENT.get().innermost();
    }

    private @Nullable String innermost() {
        settle();
        return depth == 0 ? null : templates[depth - 1];
    }

    /** After a failure of the agent's nobody knows what is still open. */
    private void settle() {
        int now = CallStack.current().abandoned();
        if (now != abandoned) {
            abandoned = now;
            depth = 0;
            Arrays.fill(templates, null);
            written();
        }
    }

    /** @return whether {@link #leave} is to be called at the end */
    boolean enter(@Nullable String template) {
        settle();
        if (depth == MAX_DEPTH) {
            return false;
        }
        templates[depth++] = template;
        return true;
    }

    void leave() {
        if (depth > 0) {
            templates[--depth] = null;
        }
    }

    /** Until {@link #written()} this thread writes the request of that call. */
    void writing(ClientCalls calls, Object itsKey) {
        settle();
        writing = calls;
        key = itsKey;
    }

    void written() {
        writing = null;
        key = null;
    }

    /**
     * A request is written that an application asked for by a template.
     *
     * @param target what the template became
     */
    void written(@Nullable String template, @Nullable Object target) {
        ClientCalls calls = writing;
        Object call = key;
        if (calls != null && call != null) {
            calls.template(call, template);
        } else {
            uri = target == null ? 0 : System.identityHashCode(target);
            uriTemplate = template;
        }
    }

    /** The template that became this URI, where this thread has just written it; else the innermost. */
    @Nullable
    String of(@Nullable Object target) {
        String found = innermost();
        if (found == null && target != null && uriTemplate != null && uri == System.identityHashCode(target)) {
            found = uriTemplate;
            uriTemplate = null;
        }
        return found;
    }
}
