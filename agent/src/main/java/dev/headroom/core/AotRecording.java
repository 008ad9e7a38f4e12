package dev.headroom.core;

import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Whether this JVM records what an AOT cache will hold, or assembles one. On JDK 25 such a cache cannot be assembled, and the JVM that
 * tries ends in a crash, once classes of {@code java.util.concurrent} were woven while it was recorded.
 */
final class AotRecording {
    private static final int FIRST_JDK = 24;
    private static final String[] ENVIRONMENT = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"};
    private static final String[] OPTIONS = {"-XX:AOTCacheOutput=", "-XX:AOTMode=record", "-XX:AOTMode=create"};

    private AotRecording() {}

    static boolean now() {
        if (feature(System.getProperty("java.specification.version", "")) < FIRST_JDK) {
            return false;
        }
        for (String name : ENVIRONMENT) {
            if (asked(System.getenv(name))) {
                return true;
            }
        }
        return asked(commandLine());
    }

    /** @param specification 1.8, 11, 25; what is no number is 0 */
    static int feature(String specification) {
        try {
            return Integer.parseInt(specification);
        } catch (NumberFormatException old) {
            return 0;
        }
    }

    static boolean asked(@Nullable String options) {
        if (options != null) {
            for (String option : OPTIONS) {
                if (options.contains(option)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Of Linux, which tells it at once; where there is no such file, what the JDK knows of its process. */
    private static String commandLine() {
        try (InputStream in = new FileInputStream("/proc/self/cmdline")) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(4_096);
            byte[] part = new byte[4_096];
            for (int length = in.read(part); length >= 0; length = in.read(part)) {
                bytes.write(part, 0, length);
            }
            return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
        } catch (IOException | SecurityException elsewhere) {
            return ofProcess();
        }
    }

    private static String ofProcess() {
        try {
            // Both since Java 9, and public.
            Class<?> handle = Class.forName("java.lang.ProcessHandle");
            Object info =
                    handle.getMethod("info").invoke(handle.getMethod("current").invoke(null));
            return String.valueOf(Class.forName("java.lang.ProcessHandle$Info")
                    .getMethod("commandLine")
                    .invoke(info));
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            return "";
        }
    }
}
