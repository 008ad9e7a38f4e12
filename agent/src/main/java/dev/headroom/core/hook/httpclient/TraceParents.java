package dev.headroom.core.hook.httpclient;

import dev.headroom.core.hook.Getter;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.hook.WeakIdentityMap;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Recorder;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Gives the header {@code traceparent} to requests of clients whose types this code cannot name: Jetty's, which moved, and the JDK's
 * own, which Java 8 does not have. Thread-safe; opt-in, so what it allocates is only allocated where somebody wants the header.
 */
final class TraceParents {
    private static final String NAME = "traceparent";
    private static final int MAX_REQUESTS = 10_000;

    private static final BiPredicate<String, String> ALL = new BiPredicate<String, String>() {
        @Override
        public boolean test(String name, String value) {
            return true;
        }
    };

    private final Getter headersOf = new Getter("getHeaders");
    private final Getter present = new Getter("contains", NAME);
    private final Getter map = new Getter("map");

    /** By the JDK's own object for a request, which other threads send. */
    private final WeakIdentityMap<String> traces = new WeakIdentityMap<>(MAX_REQUESTS);

    /** Enter with Jetty's request that is about to be sent. */
    final Probe jetty = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object request, @Nullable Object a, @Nullable Object b) {
            String header = CallStack.current().request().traceParent();
            if (header != null && request != null && !present.isTrue(headersOf.of(request))) {
                give(request, header);
            }
            return null;
        }
    };

    /** Enter with the JDK's object for a request, on the thread that asks. */
    final Probe made = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object request, @Nullable Object a, @Nullable Object b) {
            String header = CallStack.current().request().traceParent();
            if (header != null && request != null) {
                traces.put(request, header);
            }
            return null;
        }
    };

    /** Enter with that object and the headers that the application set: all headers, or null where these are all. */
    final Probe headers = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object request, @Nullable Object own, @Nullable Object b) {
            String header = request == null || traces.isEmpty() ? null : traces.get(request);
            Object known = header == null ? null : map.of(own);
            return known instanceof Map && own != null && header != null
                    ? with((Map<?, ?>) known, header, own.getClass())
                    : null;
        }
    };

    TraceParents(Recorder recorder) {
        recorder.gauges(sink -> traces.purge());
    }

    /** Up to 11 by name and value, from 12 on as a field. */
    private static void give(Object request, String header) {
        try {
            for (Method method : request.getClass().getMethods()) {
                Class<?>[] wanted = method.getParameterTypes();
                if (method.getName().equals("header")
                        && wanted.length == 2
                        && wanted[0] == String.class
                        && wanted[1] == String.class) {
                    method.invoke(request, NAME, header);
                    return;
                }
                if (method.getName().equals("addHeader") && wanted.length == 1) {
                    method.invoke(
                            request,
                            wanted[0].getConstructor(String.class, String.class).newInstance(NAME, header));
                    return;
                }
            }
        } catch (ReflectiveOperationException refused) {
            return; // the call goes without
        }
    }

    private static @Nullable Object with(Map<?, ?> own, String header, Class<?> type) {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Map.Entry<?, ?> each : own.entrySet()) {
            if (each.getKey() instanceof String && each.getValue() instanceof List) {
                @SuppressWarnings("unchecked") // as the JDK's headers say
                List<String> values = (List<String>) each.getValue();
                all.put((String) each.getKey(), values);
            }
        }
        if (all.putIfAbsent(NAME, Collections.singletonList(header)) != null) {
            return null;
        }
        try {
            return type.getMethod("of", Map.class, BiPredicate.class).invoke(null, all, ALL);
        } catch (ReflectiveOperationException refused) {
            return null;
        }
    }
}
