package dev.headroom.dashboard;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small OpenID provider on loopback: discovery, authorisation endpoint that asks nobody, token endpoint that checks client, code and
 * redirect address, keys and user information. Its identities are RS256. Thread-safe.
 */
final class OpenIdProvider implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Asked(String nonce, String redirect, String name, Map<String, Object> claims) {}

    private final HttpServer server;
    private final RSAKey published;
    private final Map<String, Asked> codes = new ConcurrentHashMap<>();
    private volatile RSAKey signing;
    private volatile String name = "anna";
    private volatile Map<String, Object> claims = Map.of();

    private OpenIdProvider() throws Exception {
        published = new RSAKeyGenerator(2048).keyID("k1").generate();
        signing = published;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/.well-known/openid-configuration", this::discovery);
        server.createContext("/keys", exchange -> json(exchange, new JWKSet(published.toPublicJWK()).toJSONObject()));
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.createContext("/userinfo", exchange -> json(exchange, Map.of("sub", "id-of-" + name)));
        server.start();
    }

    static OpenIdProvider start() throws Exception {
        return new OpenIdProvider();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Who sits in front of the next browser. */
    void person(String who, Map<String, Object> as) {
        name = who;
        claims = as;
    }

    /** From now on identities are signed with a key that is not published under that name. */
    void forge() throws Exception {
        signing = new RSAKeyGenerator(2048).keyID("k1").generate();
    }

    private void discovery(HttpExchange exchange) throws IOException {
        Map<String, Object> about = new HashMap<>();
        about.put("issuer", issuer());
        about.put("authorization_endpoint", issuer() + "/authorize");
        about.put("token_endpoint", issuer() + "/token");
        about.put("jwks_uri", issuer() + "/keys");
        about.put("userinfo_endpoint", issuer() + "/userinfo");
        about.put("subject_types_supported", new String[] {"public"});
        about.put("response_types_supported", new String[] {"code"});
        about.put("id_token_signing_alg_values_supported", new String[] {"RS256"});
        about.put("token_endpoint_auth_methods_supported", new String[] {"client_secret_basic"});
        json(exchange, about);
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = form(exchange.getRequestURI().getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, new Asked(query.get("nonce"), query.get("redirect_uri"), name, claims));
        exchange.getResponseHeaders()
                .set(
                        "Location",
                        query.get("redirect_uri") + "?code=" + code + "&state="
                                + URLEncoder.encode(query.get("state"), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> body = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String client = Base64.getEncoder().encodeToString("headroom:provider-secret".getBytes(StandardCharsets.UTF_8));
        Asked asked = codes.remove(body.getOrDefault("code", ""));
        boolean right = ("Basic " + client).equals(exchange.getRequestHeaders().getFirst("Authorization"))
                && asked != null
                && asked.redirect.equals(body.get("redirect_uri"));
        if (!right) {
            exchange.sendResponseHeaders(400, -1);
            exchange.close();
            return;
        }
        json(
                exchange,
                Map.of(
                        "access_token",
                        "provider-access-token",
                        "token_type",
                        "Bearer",
                        "expires_in",
                        300,
                        "id_token",
                        identity(asked)));
    }

    private String identity(Asked asked) {
        JWTClaimsSet.Builder about = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject("id-of-" + asked.name)
                .audience("headroom")
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .claim("nonce", asked.nonce)
                .claim("preferred_username", asked.name);
        asked.claims.forEach(about::claim);
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(), about.build());
        try {
            jwt.sign(new RSASSASigner(signing));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwt.serialize();
    }

    private static Map<String, String> form(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String field : text.split("&")) {
            int equals = field.indexOf('=');
            fields.put(
                    URLDecoder.decode(field.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return fields;
    }

    private static void json(HttpExchange exchange, Map<String, ?> body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
