package dev.headroom.core.export;

import java.net.InetAddress;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes the JVM load its libraries for network and files on the agent's thread at a moment when no other thread loads one. The JVM
 * loads native libraries one at a time, and while it does so a library may ask for what the agent's thread is about to make: for a
 * property, whose lock the application may hold, or for a class that waits for a library itself, as Netty's epoll did before 4.1.64.
 * Loading them before the application starts would freeze {@code java.net.preferIPv4Stack} and its kind before {@code main} can set
 * them. Used by the agent's thread.
 */
final class NativeLoading {
    private static final long PAUSE_NANOS = 5_000_000;
    /** After that whoever loads is taken to be stuck for a reason of its own. */
    private static final long LONGEST_NANOS = 10_000_000_000L;

    private NativeLoading() {}

    /**
     * Waits, holding nothing, while the application holds the lock of all system properties, which Java 8 and some servers have:
     * were we to load the network's library now, an application that holds the lock and loads one too would wait for us, and we for
     * it.
     */
    static void awaitProperties() {
        System.getProperty("java.version");
    }

    /**
     * The first reading of the management beans takes tens of milliseconds on a busy machine and loads both libraries somewhere
     * within: loaded at once after looking, next to no time is left for an application to get between.
     */
    static void loadOnce() {
        if (!linked("java.net.InetAddress") || !linked("sun.nio.ch.FileChannelImpl")) {
            return;
        }
        awaitNobodyElse();
        awaitProperties();
        InetAddress.getLoopbackAddress();
        try {
            Class.forName("sun.nio.ch.FileChannelImpl", true, null);
        } catch (ClassNotFoundException | LinkageError | SecurityException without) {
            // whoever needs it is told then
        }
    }

    /** Finding a class takes most of the time and asks for nothing. */
    private static boolean linked(String name) {
        try {
            Class.forName(name, false, null);
            return true;
        } catch (ClassNotFoundException | SecurityException without) {
            return false;
        }
    }

    private static void awaitNobodyElse() {
        long begun = System.nanoTime();
        try {
            while (anyLoads() && System.nanoTime() - begun < LONGEST_NANOS) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (SecurityException mayNotLook) {
            // as likely to meet as without looking
        }
    }

    private static boolean anyLoads() {
        for (StackTraceElement[] stack : Thread.getAllStackTraces().values()) {
            if (loads(stack)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a thread with this stack is loading a native library, on any JDK from 8 on. */
    static boolean loads(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            String name = frame.getClassName();
            if (name.equals("java.lang.ClassLoader$NativeLibrary")
                    || name.startsWith("jdk.internal.loader.NativeLibraries")
                    || (name.equals("java.lang.ClassLoader")
                            && frame.getMethodName().startsWith("loadLibrary"))) {
                return true;
            }
        }
        return false;
    }
}
