package dev.headroom.core.hook;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Asks objects of a library through public methods without parameters, by reflection: for what is asked once, or once per window.
 * Stateless and thread-safe; what cannot be asked answers null, for it is another version than was ever seen.
 */
public final class Getters {
    private Getters() {}

    public static @Nullable Object ask(@Nullable Object target, String method) {
        try {
            Method found = target == null ? null : find(target.getClass(), method);
            return found == null ? null : found.invoke(target);
        } catch (IllegalAccessException | InvocationTargetException | RuntimeException unanswered) {
            return null;
        }
    }

    /** -1 when it does not answer with a number. */
    public static long number(@Nullable Object target, String method) {
        Object answer = ask(target, method);
        return answer instanceof Number ? ((Number) answer).longValue() : -1;
    }

    public static @Nullable String text(@Nullable Object target, String method) {
        Object answer = ask(target, method);
        return answer == null ? null : answer.toString();
    }

    /** Of a public type, so that it may be called; an interface's before a class's, whose package may be closed. */
    private static @Nullable Method find(Class<?> type, String name) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            Method found = inInterfaces(each, name);
            if (found == null) {
                found = declared(each, name);
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Method inInterfaces(Class<?> type, String name) {
        for (Class<?> parent : type.getInterfaces()) {
            Method found = declared(parent, name);
            if (found == null) {
                found = inInterfaces(parent, name);
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Method declared(Class<?> type, String name) {
        if (Modifier.isPublic(type.getModifiers())) {
            try {
                Method found = type.getMethod(name);
                return Modifier.isPublic(found.getDeclaringClass().getModifiers()) ? found : null;
            } catch (NoSuchMethodException elsewhere) {
                return null;
            }
        }
        return null;
    }
}
