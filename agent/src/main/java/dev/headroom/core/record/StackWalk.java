package dev.headroom.core.record;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Iterator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The application's code on the calling thread's stack. From Java 9 on the JVM walks only as far as it is asked to, by classes that
 * Java 8 does not have. Thread-safe; costs microseconds and allocates.
 */
final class StackWalk {
    private static volatile @Nullable Jdk9 walker;

    private StackWalk() {}

    /** Makes what later walks need. For the agent's thread, once. */
    static void prepare() {
        if (walker == null) {
            try {
                walker = new Jdk9();
            } catch (ReflectiveOperationException | RuntimeException java8) {
                walker = null;
            }
        }
    }

    /** Class, method, file and line; null where no frame is the application's. */
    static @Nullable String caller() {
        Jdk9 known = walker;
        StackTraceElement frame = null;
        try {
            frame = known == null ? ApplicationFrame.in(new Throwable().getStackTrace()) : known.frame();
        } catch (Throwable unreadable) {
            return null;
        }
        return frame == null ? null : ApplicationFrame.text(frame);
    }

    /** {@code StackWalker}, reached by name. */
    private static final class Jdk9 implements Function<Object, Object> {
        private static final Object NONE = new Object();

        private final MethodHandle walk;
        private final MethodHandle iterator;
        private final MethodHandle className;
        private final MethodHandle element;

        Jdk9() throws ReflectiveOperationException {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> type = Class.forName("java.lang.StackWalker");
            Class<?> frame = Class.forName("java.lang.StackWalker$StackFrame");
            Class<?> stream = Class.forName("java.util.stream.BaseStream");
            walk = lookup.findVirtual(type, "walk", MethodType.methodType(Object.class, Function.class))
                    .bindTo(type.getMethod("getInstance").invoke(null));
            iterator = lookup.findVirtual(stream, "iterator", MethodType.methodType(Iterator.class))
                    .asType(MethodType.methodType(Iterator.class, Object.class));
            className = lookup.findVirtual(frame, "getClassName", MethodType.methodType(String.class))
                    .asType(MethodType.methodType(String.class, Object.class));
            element = lookup.findVirtual(frame, "toStackTraceElement", MethodType.methodType(StackTraceElement.class))
                    .asType(MethodType.methodType(StackTraceElement.class, Object.class));
        }

        @Nullable
        StackTraceElement frame() throws Throwable {
            Object found = (Object) walk.invokeExact((Function<Object, Object>) this);
            return found instanceof StackTraceElement ? (StackTraceElement) found : null;
        }

        @Override
        public Object apply(Object frames) {
            try {
                Iterator<?> each = (Iterator<?>) iterator.invokeExact(frames);
                while (each.hasNext()) {
                    Object frame = each.next();
                    if (ApplicationFrame.isApplication((String) className.invokeExact(frame))) {
                        return (StackTraceElement) element.invokeExact(frame);
                    }
                }
            } catch (Throwable unreadable) {
                return NONE;
            }
            return NONE;
        }
    }
}
