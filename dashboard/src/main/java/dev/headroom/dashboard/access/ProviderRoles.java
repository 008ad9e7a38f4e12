package dev.headroom.dashboard.access;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.user.OAuth2User;

/** Which role a claim of an OpenID provider gives. Who has no value that was set up gets none. Immutable. */
final class ProviderRoles {
    private static final String ANYONE = "*";

    private final AccessProperties.Oidc settings;

    ProviderRoles(AccessProperties.Oidc settings) {
        this.settings = settings;
    }

    /** Null for somebody who may not come in. */
    @Nullable
    Caller caller(OAuth2User user) {
        Role role = role(user.getAttributes());
        return role == null ? null : new Caller(name(user), role, null, Caller.Origin.PROVIDER);
    }

    private @Nullable Role role(Map<String, Object> claims) {
        Object claim = claims;
        for (String part : settings.claim().split("\\.", -1)) {
            claim = claim instanceof Map<?, ?> nested ? nested.get(part) : null;
        }
        Object values = claims.getOrDefault(settings.claim(), claim == null ? "" : claim);
        if (has(values, settings.admin())) {
            return Role.ADMIN;
        }
        return settings.viewer().equals(ANYONE) || has(values, settings.viewer()) ? Role.VIEWER : null;
    }

    private static boolean has(Object claim, String value) {
        if (value.isBlank()) {
            return false;
        }
        return claim instanceof Collection<?> many ? many.contains(value) : claim.equals(value);
    }

    static String name(OAuth2User user) {
        for (String claim : new String[] {"preferred_username", "email", "name"}) {
            if (user.getAttribute(claim) instanceof String text && !text.isBlank()) {
                return text;
            }
        }
        return user.getName();
    }
}
