package dev.headroom.core;

import dev.headroom.core.config.ConfigSource;
import dev.headroom.core.config.Options;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who this JVM is, as resource attributes. Asks files and properties only: a name server, management beans or a random source may
 * be slow, or not to be woken before the application is. Stateless.
 */
final class Resource {
    private static final String UNKNOWN_SERVICE = "unknown_service:java";

    private Resource() {}

    /** At least {@code service.name} and {@code service.instance.id}; a value given as an option wins over one found out. */
    static Map<String, String> of(ConfigSource config, String agentVersion) {
        Map<String, String> given = config.get(Options.RESOURCE_ATTRIBUTES);
        Map<String, String> resource = new LinkedHashMap<>();
        put(resource, "service.name", serviceName(System.getProperty("sun.java.command")));
        put(resource, "service.instance.id", instanceId().toString());
        put(resource, "host.name", hostName());
        put(resource, "process.pid", pid());
        put(resource, "process.runtime.name", System.getProperty("java.runtime.name"));
        put(resource, "process.runtime.version", System.getProperty("java.runtime.version"));
        resource.putAll(given);
        put(resource, "service.name", config.get(Options.SERVICE_NAME));
        put(resource, "service.namespace", config.get(Options.SERVICE_NAMESPACE));
        put(resource, "service.version", config.get(Options.SERVICE_VERSION));
        put(resource, "deployment.environment.name", config.get(Options.ENVIRONMENT));
        put(resource, "telemetry.sdk.language", "java");
        put(resource, "telemetry.distro.name", "headroom");
        put(resource, "telemetry.distro.version", agentVersion);
        return resource;
    }

    private static void put(Map<String, String> resource, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            resource.put(key, value);
        }
    }

    /** @param command main class or jar with arguments, as the JVM's launcher leaves it; null where another launcher started */
    static String serviceName(@Nullable String command) {
        if (command == null || command.trim().isEmpty()) {
            return UNKNOWN_SERVICE;
        }
        String main = command.trim();
        int space = main.indexOf(' ');
        String first = space < 0 ? main : main.substring(0, space);
        int jar = main.indexOf(".jar ");
        if (jar > 0 && (first.startsWith("/") || first.indexOf('\\') >= 0)) {
            first = main.substring(0, jar + 4); // a path that may have spaces
        }
        if (first.endsWith(".jar")) {
            String name = first.substring(0, first.length() - 4);
            return withoutVersion(name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1));
        }
        return first.substring(Math.max(first.lastIndexOf('.'), first.lastIndexOf('/')) + 1);
    }

    /** {@code petclinic-3.4.0-SNAPSHOT} becomes {@code petclinic}: a new version is the same service. */
    private static String withoutVersion(String jarName) {
        for (int i = 1; i + 1 < jarName.length(); i++) {
            if (jarName.charAt(i) == '-' && Character.isDigit(jarName.charAt(i + 1))) {
                return jarName.substring(0, i);
            }
        }
        return jarName;
    }

    /** Random, and the base of exactly-once delivery. The system's source directly: Java's own loads the security providers. */
    private static UUID instanceId() {
        try (DataInputStream random = new DataInputStream(new FileInputStream("/dev/urandom"))) {
            long high = (random.readLong() & ~0xF000L) | 0x4000L;
            long low = (random.readLong() & ~(3L << 62)) | (1L << 63);
            return new UUID(high, low);
        } catch (IOException noSuchFile) {
            return UUID.randomUUID();
        }
    }

    private static @Nullable String hostName() {
        String name = firstLine("/proc/sys/kernel/hostname");
        if (name == null) {
            name = System.getenv("HOSTNAME");
        }
        return name == null ? System.getenv("COMPUTERNAME") : name;
    }

    private static @Nullable String firstLine(String file) {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(new FileInputStream(file), StandardCharsets.UTF_8))) {
            return in.readLine();
        } catch (IOException noSuchFile) {
            return null;
        }
    }

    private static @Nullable String pid() {
        try {
            String linked = new File("/proc/self").getCanonicalFile().getName();
            if (!linked.equals("self")) {
                return linked;
            }
            // Not in Java 8's library, where another system than Linux goes without.
            Class<?> handle = Class.forName("java.lang.ProcessHandle");
            Object current = handle.getMethod("current").invoke(null);
            return String.valueOf(handle.getMethod("pid").invoke(current));
        } catch (IOException | ReflectiveOperationException unknown) {
            return null;
        }
    }
}
