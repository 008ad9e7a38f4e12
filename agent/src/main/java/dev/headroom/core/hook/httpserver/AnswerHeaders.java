package dev.headroom.core.hook.httpserver;

import dev.headroom.core.hook.Getter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Lets an answer that is not committed yet say in its headers where the time went, for servers whose types change between versions:
 * they are asked and told by the names of public methods. What cannot be told is left out. Thread-safe; opt-in, so what it allocates
 * is only allocated where somebody wants the headers.
 */
final class AnswerHeaders {
    private final Exchanges exchanges;
    private final Getter cacheControl;
    private final ClassValue<@Nullable Method[]> adders;

    /**
     * @param get the method that gives a header's value by its name
     * @param add the one that adds a header by name and value
     */
    AnswerHeaders(Exchanges exchanges, String get, String add) {
        this.exchanges = exchanges;
        this.cacheControl = new Getter(get, "Cache-Control");
        this.adders = new ClassValue<@Nullable Method[]>() {
            @Override
            protected @Nullable Method[] computeValue(Class<?> type) {
                return new @Nullable Method[] {find(type, add)};
            }
        };
    }

    void tell(Served served, @Nullable Object headers) {
        String[] timing = headers == null ? null : exchanges.timing(served, cacheControl.text(headers));
        Method adder = timing == null || headers == null ? null : adders.get(headers.getClass())[0];
        if (timing != null && adder != null) {
            try {
                adder.invoke(headers, "Server-Timing", timing[0]);
                adder.invoke(headers, "X-Response-Time", timing[1]);
            } catch (IllegalAccessException | InvocationTargetException refused) {
                return; // the answer goes without
            }
        }
    }

    /** By the first public type, upwards, that has it: the class itself is often not public. */
    private static @Nullable Method find(@Nullable Class<?> type, String name) {
        if (type == null) {
            return null;
        }
        Method found = declared(type, name, String.class);
        if (found == null) {
            found = declared(type, name, Object.class);
        }
        if (found == null) {
            found = find(type.getSuperclass(), name);
        }
        for (Class<?> parent : type.getInterfaces()) {
            found = found == null ? find(parent, name) : found;
        }
        return found;
    }

    private static @Nullable Method declared(Class<?> type, String name, Class<?> value) {
        if (!Modifier.isPublic(type.getModifiers())) {
            return null;
        }
        try {
            Method known = type.getDeclaredMethod(name, String.class, value);
            return Modifier.isPublic(known.getModifiers()) && !Modifier.isStatic(known.getModifiers()) ? known : null;
        } catch (NoSuchMethodException elsewhere) {
            return null;
        }
    }
}
