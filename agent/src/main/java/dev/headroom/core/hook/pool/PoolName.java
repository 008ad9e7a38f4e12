package dev.headroom.core.hook.pool;

import org.jspecify.annotations.Nullable;

/** Names for pools that the application gave none: where their connections lead, without user, password and parameters. Stateless. */
final class PoolName {
    private static final int MAX_LENGTH = 128;

    private PoolName() {}

    /**
     * Such as {@code db7:5432/shop} for {@code jdbc:postgresql://db7:5432/shop?user=u}.
     *
     * @param otherwise the name when the URL is missing, or so unusual that a password might stay in it
     */
    static String of(@Nullable String url, String otherwise) {
        if (url == null) {
            return otherwise;
        }
        String place = url.startsWith("jdbc:") ? url.substring(5) : url;
        int end = place.length();
        for (int i = 0; i < end; i++) {
            char c = place.charAt(i);
            if (c == '?' || c == ';' || c == '#' || c == '&') {
                end = i;
            }
        }
        place = place.substring(0, end);
        int at = Math.max(place.lastIndexOf('@') + 1, 0);
        int slashes = place.indexOf("//", at);
        place = place.substring(slashes < 0 ? at : slashes + 2);
        boolean plain = place.indexOf('(') < 0 && place.indexOf('=') < 0;
        return plain && !place.isEmpty() && place.length() <= MAX_LENGTH ? place : otherwise;
    }
}
