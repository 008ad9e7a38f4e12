package dev.headroom.core.weave;

import dev.headroom.core.log.AgentLog;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;

/**
 * Weaves what was loaded before the agent: classes of the JDK, of an AOT cache, or all of them after a late attach; and undoes it
 * all when the agent leaves. For the thread that starts or ends the agent.
 */
public final class LoadedClasses {
    private static final int BATCH = 50;

    private final Instrumentation instrumentation;
    private final WeavingTransformer transformer;
    private final AgentLog log;

    public LoadedClasses(Instrumentation instrumentation, WeavingTransformer transformer, AgentLog log) {
        this.instrumentation = instrumentation;
        this.transformer = transformer;
        this.log = log;
    }

    /** Offers the transformer, which must be registered, every loaded class that a hook wants. */
    public void weave() {
        passAgain();
    }

    /** Gives every class that could have been woven its own bytes back. The transformer must not be registered any more. */
    public void restore() {
        passAgain();
    }

    private void passAgain() {
        List<Class<?>> wanted = new ArrayList<>();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (wants(loaded)) {
                wanted.add(loaded);
            }
        }
        for (int from = 0; from < wanted.size(); from += BATCH) {
            retransform(wanted.subList(from, Math.min(from + BATCH, wanted.size())));
        }
    }

    private boolean wants(Class<?> loaded) {
        try {
            return transformer.wants(loaded) && instrumentation.isModifiableClass(loaded);
        } catch (LinkageError | RuntimeException unresolvable) {
            return false; // A class whose parents cannot be named is none that a hook asked for.
        }
    }

    /** The JVM refuses a batch for one bad class: then each goes alone. */
    private void retransform(List<Class<?>> batch) {
        try {
            instrumentation.retransformClasses(batch.toArray(new Class<?>[0]));
        } catch (Throwable refused) {
            if (batch.size() == 1) {
                log.warn("left as it is: " + batch.get(0).getName() + ", which cannot be changed any more", refused);
                return;
            }
            for (int i = 0; i < batch.size(); i++) {
                retransform(batch.subList(i, i + 1));
            }
        }
    }
}
