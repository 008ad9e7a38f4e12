package dev.headroom.dashboard.access;

import java.net.InetAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What counts as this machine alone. Stateless; never asks a name server. */
final class Loopback {
    private Loopback() {}

    /** @param address bound to; null when bound to every address */
    static boolean bound(@Nullable InetAddress address) {
        return address != null && address.isLoopbackAddress();
    }

    /** A Host header's name: localhost, a name under it, 127.x.x.x or ::1, with or without a port. */
    static boolean host(@Nullable String header) {
        if (header == null) {
            return false;
        }
        String host = header.trim().toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            return host.startsWith("[::1]");
        }
        int port = host.indexOf(':');
        String name = port < 0 ? host : host.substring(0, port);
        return name.equals("localhost") || name.endsWith(".localhost") || isLoopbackNumber(name);
    }

    private static boolean isLoopbackNumber(String name) {
        String[] parts = name.split("\\.", -1);
        if (parts.length != 4 || !parts[0].equals("127")) {
            return false;
        }
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(Character::isDigit)) {
                return false;
            }
        }
        return true;
    }
}
