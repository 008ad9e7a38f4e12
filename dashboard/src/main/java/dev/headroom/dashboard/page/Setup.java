package dev.headroom.dashboard.page;

import java.net.URI;

/**
 * How to attach the first agent.
 *
 * @param endpoint the address under which the reader reached this dashboard
 */
public record Setup(String endpoint) {
    /** Where an agent without options sends to. */
    private static final int DEFAULT_PORT = 4318;

    public static Setup at(URI request) {
        return new Setup(request.getScheme() + "://" + request.getRawAuthority());
    }

    /** The command line, with an endpoint only where the agent's default would miss this dashboard. */
    public String command() {
        URI address = URI.create(endpoint);
        boolean usual = "http".equals(address.getScheme())
                && address.getPort() == DEFAULT_PORT
                && ("localhost".equals(address.getHost()) || "127.0.0.1".equals(address.getHost()));
        return "java -javaagent:headroom-agent.jar" + (usual ? "" : "=endpoint=" + endpoint) + " -jar your-service.jar";
    }
}
