package dev.headroom.dashboard.access;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.web.server.ServerOAuth2AuthorizedClientRepository;
import org.springframework.security.web.server.WebFilterExchange;
import org.springframework.security.web.server.authentication.RedirectServerAuthenticationSuccessHandler;
import org.springframework.security.web.server.authentication.ServerAuthenticationSuccessHandler;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;

/**
 * Login at an OpenID provider, by Spring Security's client. The provider says who it is; nothing is asked of it later, so none of its
 * tokens is kept. Somebody without a role here is told so and stays out. Thread-safe.
 */
final class ProviderLogin implements ServerOAuth2AuthorizedClientRepository {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderLogin.class);

    private final Callers callers;
    private final ProviderRoles roles;
    private final LoginPage login;
    private final ServerAuthenticationSuccessHandler home = new RedirectServerAuthenticationSuccessHandler("/");

    ProviderLogin(Callers callers, ProviderRoles roles, LoginPage login) {
        this.callers = callers;
        this.roles = roles;
        this.login = login;
    }

    void addTo(ServerHttpSecurity http) {
        http.oauth2Login(provider -> provider.securityContextRepository(callers)
                .authorizedClientRepository(this)
                .authenticationSuccessHandler(this::entered)
                .authenticationFailureHandler(this::failed));
    }

    private Mono<Void> entered(WebFilterExchange filter, Authentication authentication) {
        if (authentication instanceof OAuth2AuthenticationToken token && roles.caller(token.getPrincipal()) == null) {
            String name = ProviderRoles.name(token.getPrincipal());
            LOG.warn("A person whom the provider knows has no role here");
            return filter.getExchange()
                    .getSession()
                    .flatMap(WebSession::invalidate)
                    .then(Refusals.page(
                            filter.getExchange(),
                            HttpStatus.FORBIDDEN,
                            login.page(
                                    "/",
                                    name
                                            + " has no role on this dashboard. An admin gives one at the provider, in the claim"
                                            + " that headroom.access.oidc.claim names.")));
        }
        return home.onAuthenticationSuccess(filter, authentication);
    }

    private Mono<Void> failed(WebFilterExchange filter, AuthenticationException failure) {
        LOG.warn("A login at the provider failed: {}", failure.getMessage());
        return Refusals.page(
                filter.getExchange(),
                HttpStatus.UNAUTHORIZED,
                login.page("/", "The login at the provider failed; the dashboard's log says why."));
    }

    @Override
    public <T extends OAuth2AuthorizedClient> Mono<T> loadAuthorizedClient(
            String registration, Authentication principal, ServerWebExchange exchange) {
        return Mono.empty();
    }

    @Override
    public Mono<Void> saveAuthorizedClient(
            OAuth2AuthorizedClient client, Authentication principal, ServerWebExchange exchange) {
        return Mono.empty();
    }

    @Override
    public Mono<Void> removeAuthorizedClient(
            String registration, Authentication principal, ServerWebExchange exchange) {
        return Mono.empty();
    }
}
