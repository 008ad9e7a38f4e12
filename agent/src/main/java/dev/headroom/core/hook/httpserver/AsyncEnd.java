package dev.headroom.core.hook.httpserver;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Hears from a servlet container that an asynchronous request has ended. The listener's interface is the container's, so it is a
 * proxy; where it cannot be added the request is not measured.
 */
final class AsyncEnd implements InvocationHandler {
    /** Whoever waits for the end; called on a thread of the container. */
    interface Waiting {
        /** @param failed the container gave up, for a timeout or an exception */
        void ended(boolean failed);
    }

    private final Waiting waiting;
    private volatile boolean failed;

    private AsyncEnd(Waiting waiting) {
        this.waiting = waiting;
    }

    /** Adds the listener and leaves a mark with the request, by which later calls for it are known. */
    static void listen(Object request, String attribute, Object mark, Waiting waiting) {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        try {
            Class<?> api = servletRequest(request.getClass());
            if (api == null) {
                return;
            }
            String prefix = api.getName().substring(0, api.getName().lastIndexOf('.') + 1);
            ClassLoader loader = api.getClassLoader();
            Class<?> listener = Class.forName(prefix + "AsyncListener", false, loader);
            Class<?> context = Class.forName(prefix + "AsyncContext", false, loader);
            MethodHandle started = lookup.findVirtual(api, "getAsyncContext", MethodType.methodType(context));
            MethodHandle add = lookup.findVirtual(context, "addListener", MethodType.methodType(void.class, listener));
            MethodHandle set = lookup.findVirtual(
                    api, "setAttribute", MethodType.methodType(void.class, String.class, Object.class));
            Object proxy = Proxy.newProxyInstance(loader, new Class<?>[] {listener}, new AsyncEnd(waiting));
            add.invoke(started.invoke(request), proxy);
            set.invoke(request, attribute, mark);
        } catch (Throwable unheard) {
            // an application that has this container's own, older API: the request ends unseen
        }
    }

    private static @Nullable Class<?> servletRequest(@Nullable Class<?> type) {
        if (type == null) {
            return null;
        }
        if (type.isInterface() && type.getName().endsWith(".servlet.ServletRequest")) {
            return type;
        }
        Class<?> found = servletRequest(type.getSuperclass());
        for (Class<?> parent : type.getInterfaces()) {
            found = found == null ? servletRequest(parent) : found;
        }
        return found;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
        switch (method.getName()) {
            case "onComplete":
                waiting.ended(failed);
                return null;
            case "onTimeout":
            case "onError":
                failed = true;
                return null;
            case "equals":
                return arguments != null && proxy == arguments[0];
            case "hashCode":
                return System.identityHashCode(this);
            case "toString":
                return "Headroom";
            default:
                return null;
        }
    }
}
