package dev.headroom.dashboard.access;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A caller in Spring Security's words. Immutable. */
final class CallerAuthentication extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1;

    private final transient Caller caller;
    private final @Nullable Instant asOf;

    /** @param asOf the user's last change when the password was given; null for other origins */
    CallerAuthentication(Caller caller, @Nullable Instant asOf) {
        super(List.of(new SimpleGrantedAuthority(caller.role().authority())));
        this.caller = caller;
        this.asOf = asOf;
        setAuthenticated(true);
    }

    Caller caller() {
        return caller;
    }

    @Nullable
    Instant asOf() {
        return asOf;
    }

    @Override
    public String getName() {
        return caller.name();
    }

    @Override
    public Object getPrincipal() {
        return caller;
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallerAuthentication that && caller.equals(that.caller);
    }

    @Override
    public int hashCode() {
        return caller.hashCode();
    }
}
