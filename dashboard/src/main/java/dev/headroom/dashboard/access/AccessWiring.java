package dev.headroom.dashboard.access;

import dev.headroom.dashboard.DashboardProperties;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryReactiveClientRegistrationRepository;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Spring Security's chain: who it is, what each role may, what the others hear. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class AccessWiring {
    private static final Logger LOG = LoggerFactory.getLogger(AccessWiring.class);
    private static final int HASHING_THREADS = 2;
    private static final int WAITING_LOGINS = 100;
    private static final String ADMIN = Role.ADMIN.name();
    private static final String VIEWER = Role.VIEWER.name();
    private static final String BUILD = Role.BUILD.name();
    private static final String AGENT = Role.AGENT.name();

    @Bean(destroyMethod = "dispose")
    Scheduler passwordHashing() {
        return Schedulers.newBoundedElastic(HASHING_THREADS, WAITING_LOGINS, "password");
    }

    @Bean
    Credentials credentials(
            DashboardProperties properties,
            AccessProperties access,
            ServerProperties server,
            Tokens tokens,
            Users users,
            MachineKey machineKey,
            ObjectProvider<InMemoryReactiveClientRegistrationRepository> providers) {
        String token = properties.token().trim();
        Credentials credentials = new Credentials(
                server.getAddress(),
                token.isEmpty() ? null : new MasterToken(token),
                tokens,
                users,
                new ProviderRoles(access.oidc()),
                providers.getIfAvailable() != null,
                machineKey);
        if (!credentials.loopback() && !encrypted(server.getSsl())) {
            LOG.warn("Tokens and passwords cross the network in the clear: set server.ssl.bundle (SERVER_SSL_BUNDLE),"
                    + " or put a proxy with TLS in front. SECURITY.md says how.");
        }
        return credentials;
    }

    private static boolean encrypted(@Nullable Ssl ssl) {
        return ssl != null && Ssl.isEnabled(ssl);
    }

    @Bean
    Border border(Credentials credentials, AccessProperties access) {
        return new Border(credentials.loopback(), access.hosts());
    }

    @Bean
    Limits limits(AccessProperties access) {
        return new Limits(access.limits(), System::nanoTime);
    }

    @Bean
    SecurityWebFilterChain securityChain(
            ServerHttpSecurity http,
            Credentials credentials,
            AccessProperties access,
            Limits limits,
            InstantSource clock,
            @Qualifier("passwordHashing") Scheduler hashing,
            ObjectProvider<InMemoryReactiveClientRegistrationRepository> registrations) {
        List<ClientRegistration> providers = new ArrayList<>();
        registrations.ifAvailable(all -> all.forEach(providers::add));
        Callers callers = new Callers(credentials, access.longestLogin(), clock);
        LoginPage login = new LoginPage(credentials, List.copyOf(providers));
        Refusals refusals = new Refusals(login, limits);
        if (!providers.isEmpty()) {
            new ProviderLogin(callers, credentials.providers(), login).addTo(http);
        }
        // Cross-site requests are Border's, headers are page.SecurityHeaders': both hold for every answer, also without
        // a login.
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .headers(ServerHttpSecurity.HeaderSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                // What somebody wanted before the login is in the form; a session for every stranger would fill memory.
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .securityContextRepository(callers)
                .addFilterBefore(
                        new LoginFilter(credentials, callers, login, limits, hashing),
                        SecurityWebFiltersOrder.HTTP_BASIC)
                .addFilterAfter(new DeliveryLimit(limits), SecurityWebFiltersOrder.AUTHORIZATION)
                .exceptionHandling(
                        heard -> heard.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .authorizeExchange(AccessWiring::rules)
                .build();
    }

    private static void rules(ServerHttpSecurity.AuthorizeExchangeSpec rules) {
        rules.pathMatchers("/oauth2/authorization/**", "/login/oauth2/code/**")
                .permitAll()
                .pathMatchers(HttpMethod.GET, "/app.css", "/live.js", "/favicon.svg", "/health", "/actuator/health")
                .permitAll()
                .pathMatchers(HttpMethod.POST, "/v1/*")
                .hasAnyRole(AGENT, ADMIN)
                // Pipelines tell of their service's deploys with its token; the controller looks whose service it is.
                .pathMatchers(HttpMethod.POST, "/api/v1/epochs")
                .hasAnyRole(AGENT, ADMIN)
                // These change nothing: they ask how an edited budget would be judged.
                .pathMatchers(
                        HttpMethod.POST, "/api/v1/budgets/backtest", "/config/budgets", "/config/budgets/backtest")
                .hasAnyRole(VIEWER, ADMIN)
                .pathMatchers(HttpMethod.GET, "/api/v1/agent/**")
                .access(AccessWiring::ownService)
                .pathMatchers("/access", "/access/**", "/api/v1/tokens/**", "/api/v1/users/**")
                .hasRole(ADMIN)
                .pathMatchers("/account", "/account/**")
                .hasAnyRole(VIEWER, ADMIN)
                .pathMatchers(HttpMethod.POST, "/api/v1/check", "/api/v1/runs", "/api/v1/runs/*/finish")
                .hasAnyRole(BUILD, ADMIN)
                .pathMatchers(HttpMethod.GET, "/api/v1/check", "/api/v1/runs/**", "/api/v1/services")
                .hasAnyRole(BUILD, VIEWER, ADMIN)
                .pathMatchers(HttpMethod.GET, "/**")
                .hasAnyRole(VIEWER, ADMIN)
                .pathMatchers(HttpMethod.HEAD, "/**")
                .hasAnyRole(VIEWER, ADMIN)
                .anyExchange()
                .hasRole(ADMIN);
    }

    /** An agent's token reads what the agents of its own service are told. */
    private static Mono<AuthorizationResult> ownService(Mono<Authentication> who, AuthorizationContext context) {
        String asked = context.getExchange().getRequest().getQueryParams().getFirst("service");
        return who.map(Authentication::getPrincipal)
                .cast(Caller.class)
                .<AuthorizationResult>map(caller -> new AuthorizationDecision(
                        caller.service() == null || caller.service().equals(asked)))
                .defaultIfEmpty(new AuthorizationDecision(false));
    }
}
