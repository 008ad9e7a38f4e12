package dev.headroom.core.hook;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a public method or field of a library's objects that is known by its name only, because the type changes its package or its
 * kind between versions. Looked up once for each class and kept with the class, so that it keeps no loader alive. Never throws: where
 * there is no such member, or it throws, the answer is null, 0, false, or for a long -1.
 *
 * <p>Thread-safe. Reading allocates nothing of its own.
 */
public final class Getter {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

    private final String member;
    private final boolean field;
    private final Object[] arguments;
    private final Class<?>[] parameters;
    private final ClassValue<MethodHandle> objects = new Found(Object.class);
    private final ClassValue<MethodHandle> numbers = new Found(int.class);
    private final ClassValue<MethodHandle> amounts = new Found(long.class);
    private final ClassValue<MethodHandle> answers = new Found(boolean.class);

    /** @param arguments given with every call; of exactly the types that the method declares */
    public Getter(String method, Object... arguments) {
        this(false, method, arguments);
    }

    private Getter(boolean field, String member, Object... arguments) {
        this.member = member;
        this.field = field;
        this.arguments = arguments.clone();
        this.parameters = new Class<?>[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            parameters[i] = arguments[i].getClass();
        }
    }

    public static Getter ofField(String name) {
        return new Getter(true, name);
    }

    public @Nullable Object of(@Nullable Object self) {
        if (self == null) {
            return null;
        }
        try {
            return (Object) objects.get(self.getClass()).invokeExact(self);
        } catch (Throwable unreadable) {
            return null;
        }
    }

    /** Of a method that returns a String. */
    public @Nullable String text(@Nullable Object self) {
        Object text = of(self);
        return text instanceof String ? (String) text : null;
    }

    /** Of a method that returns an int. */
    public int number(@Nullable Object self) {
        if (self == null) {
            return 0;
        }
        try {
            return (int) numbers.get(self.getClass()).invokeExact(self);
        } catch (Throwable unreadable) {
            return 0;
        }
    }

    /** Of a method that returns a long; negative when it cannot be read. */
    public long amount(@Nullable Object self) {
        if (self == null) {
            return -1;
        }
        try {
            return (long) amounts.get(self.getClass()).invokeExact(self);
        } catch (Throwable unreadable) {
            return -1;
        }
    }

    /** Of a method that returns a boolean. */
    public boolean isTrue(@Nullable Object self) {
        if (self == null) {
            return false;
        }
        try {
            return (boolean) answers.get(self.getClass()).invokeExact(self);
        } catch (Throwable unreadable) {
            return false;
        }
    }

    private final class Found extends ClassValue<MethodHandle> {
        private final Class<?> result;

        Found(Class<?> result) {
            this.result = result;
        }

        @Override
        protected MethodHandle computeValue(Class<?> type) {
            MethodHandle found = null;
            try {
                found = find(type);
            } catch (RuntimeException | LinkageError unreadable) {
                // as if there were no such method
            }
            MethodType shape = MethodType.methodType(result, Object.class);
            if (found == null || (result != Object.class && found.type().returnType() != result)) {
                return MethodHandles.dropArguments(MethodHandles.constant(result, nothing()), 0, Object.class);
            }
            return found.asType(shape);
        }

        private @Nullable Object nothing() {
            if (result == int.class) {
                return 0;
            }
            if (result == long.class) {
                return -1L;
            }
            return result == boolean.class ? (Object) false : null;
        }

        /** By the first public type, upwards, that has it: the class itself is often not public. */
        private @Nullable MethodHandle find(@Nullable Class<?> type) {
            if (type == null) {
                return null;
            }
            MethodHandle found = declared(type);
            if (found == null) {
                found = find(type.getSuperclass());
            }
            if (found == null) {
                for (Class<?> parent : type.getInterfaces()) {
                    found = found == null ? find(parent) : found;
                }
            }
            return found;
        }

        private @Nullable MethodHandle declared(Class<?> type) {
            if (!Modifier.isPublic(type.getModifiers())) {
                return null;
            }
            try {
                if (field) {
                    Field known = type.getDeclaredField(member);
                    return isReadable(known) ? LOOKUP.unreflectGetter(known) : null;
                }
                Method known = type.getDeclaredMethod(member, parameters);
                return isReadable(known) ? MethodHandles.insertArguments(LOOKUP.unreflect(known), 1, arguments) : null;
            } catch (NoSuchFieldException | NoSuchMethodException | IllegalAccessException hidden) {
                return null;
            }
        }

        private boolean isReadable(Member known) {
            return Modifier.isPublic(known.getModifiers()) && !Modifier.isStatic(known.getModifiers());
        }
    }
}
