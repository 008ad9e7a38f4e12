package dev.headroom.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Defines {@code java.lang.HeadroomBridge} inside java.base. Nothing is appended to the boot class path: on newer JVMs that takes
 * every application class out of its CDS archive.
 *
 * <p>From Java 9 on, the JVM's own instrumentation opens the package to this module and a method-handle lookup defines the class;
 * no warning, no flag. These calls do not exist in Java 8, hence the reflection. On Java 8 Unsafe does it.
 */
final class BridgeInstaller {
    private static final String BRIDGE = "java.lang.HeadroomBridge";
    /** The bridge first: the other extends it. */
    private static final String[] CLASSES = {"java/lang/HeadroomBridge.class", "java/lang/HeadroomBridge$Off.class"};

    private BridgeInstaller() {}

    /** @return false when the bridge is in use already: another agent of this kind runs */
    static boolean install(Instrumentation instrumentation, AgentLoader classes) throws Exception {
        Class<?> present = present();
        if (present != null) {
            // Left by an agent that was closed, or one that runs.
            return present.getField("live").get(null) == present.getField("OFF").get(null);
        }
        if (modules()) {
            defineByLookup(instrumentation, classes);
        } else {
            defineByUnsafe(classes);
        }
        return true;
    }

    private static @Nullable Class<?> present() {
        try {
            return Class.forName(BRIDGE, true, null);
        } catch (ClassNotFoundException absent) {
            return null;
        }
    }

    private static boolean modules() {
        try {
            Class.forName("java.lang.Module");
            return true;
        } catch (ClassNotFoundException java8) {
            return false;
        }
    }

    private static void defineByLookup(Instrumentation instrumentation, AgentLoader classes) throws Exception {
        Class<?> module = Class.forName("java.lang.Module");
        Method moduleOf = Class.class.getMethod("getModule");
        Object javaBase = moduleOf.invoke(Object.class);
        Object own = moduleOf.invoke(BridgeInstaller.class);
        Instrumentation.class
                .getMethod("redefineModule", module, Set.class, Map.class, Map.class, Set.class, Map.class)
                .invoke(
                        instrumentation,
                        javaBase,
                        Collections.emptySet(),
                        Collections.emptyMap(),
                        Collections.singletonMap("java.lang", Collections.singleton(own)),
                        Collections.emptySet(),
                        Collections.emptyMap());
        Object lookup = MethodHandles.class
                .getMethod("privateLookupIn", Class.class, MethodHandles.Lookup.class)
                .invoke(null, Object.class, MethodHandles.lookup());
        Method define = MethodHandles.Lookup.class.getMethod("defineClass", byte[].class);
        for (String resource : CLASSES) {
            define.invoke(lookup, (Object) bytes(resource, classes));
        }
    }

    private static void defineByUnsafe(AgentLoader classes) throws Exception {
        Class<?> type = Class.forName("sun.misc.Unsafe");
        Field field = type.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        Object unsafe = field.get(null);
        Method define = type.getMethod(
                "defineClass",
                String.class,
                byte[].class,
                int.class,
                int.class,
                ClassLoader.class,
                ProtectionDomain.class);
        for (String resource : CLASSES) {
            byte[] bytes = bytes(resource, classes);
            define.invoke(unsafe, (Object) null, bytes, 0, bytes.length, null, null);
        }
    }

    private static byte[] bytes(String resource, AgentLoader classes) throws IOException {
        byte @Nullable [] bytes = classes.bytes(resource);
        if (bytes == null) {
            throw new IOException(resource + " is missing in the agent's jar");
        }
        return bytes;
    }
}
