package dev.headroom.core.export;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Where the dashboard listens: scheme, host, port and the path that its addresses begin with. Immutable and thread-safe. */
final class Endpoint {
    private final boolean secure;
    private final String host;
    private final int port;
    private final String basePath;

    private Endpoint(boolean secure, String host, int port, String basePath) {
        this.secure = secure;
        this.host = host;
        this.port = port;
        this.basePath = basePath;
    }

    /**
     * @param address such as {@code http://127.0.0.1:4318}; a path is kept as a prefix, a trailing {@code /v1/metrics} is not
     * @throws IllegalArgumentException saying what is wrong with the address
     */
    static Endpoint parse(String address) {
        URI uri;
        try {
            uri = new URI(address.trim());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(wrong(address, e.getReason()), e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("https");
        if (!secure && !scheme.equals("http")) {
            throw new IllegalArgumentException(wrong(address, "it does not begin with http:// or https://"));
        }
        String host = uri.getHost();
        if (host == null || host.isEmpty()) {
            throw new IllegalArgumentException(wrong(address, "it names no host"));
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        if (path.endsWith(OtlpSender.METRICS_PATH)) {
            path = path.substring(0, path.length() - OtlpSender.METRICS_PATH.length());
        }
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        return new Endpoint(secure, host, port, path);
    }

    private static String wrong(String address, String why) {
        return "\"" + address + "\" is no dashboard address: " + why + "; expected for example http://127.0.0.1:4318";
    }

    boolean secure() {
        return secure;
    }

    /** As for a resolver: an IPv6 address without its brackets. */
    String host() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    int port() {
        return port;
    }

    /** The value of the Host header. */
    String authority() {
        return port == (secure ? 443 : 80) ? host : host + ":" + port;
    }

    /** The path of a request below this endpoint. */
    String path(String absolute) {
        return basePath + absolute;
    }

    @Override
    public String toString() {
        return (secure ? "https://" : "http://") + authority() + basePath;
    }
}
