package dev.headroom.dashboard.page.setup;

import dev.headroom.dashboard.page.Setup;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines to copy, under the address by which the reader reached this dashboard.
 *
 * @param id of the element that is copied
 */
record CopyLine(String id, String title, String note, String text) {
    private static final String TOKEN = "HEADROOM_TOKEN=<token of scope ingest>";

    /** @param token whether agents need one */
    static List<CopyLine> of(Setup setup, boolean token) {
        String endpoint = setup.endpoint();
        String host = URI.create(endpoint).getRawAuthority();
        List<CopyLine> lines = new ArrayList<>();
        lines.add(new CopyLine(
                "command",
                "A Java service",
                "One more argument; no change to code or build, any JVM from 8 on.",
                (token ? TOKEN + " " : "") + setup.command()));
        lines.add(new CopyLine(
                "environment",
                "By environment: containers, application servers",
                "The JVM adds what JAVA_TOOL_OPTIONS says by itself.",
                "JAVA_TOOL_OPTIONS=-javaagent:/path/to/headroom-agent.jar\nOTEL_SERVICE_NAME=your-service\n"
                        + "OTEL_RESOURCE_ATTRIBUTES=service.version=1.0.0,deployment.environment.name=production\n"
                        + "OTEL_EXPORTER_OTLP_ENDPOINT=" + endpoint + (token ? "\n" + TOKEN : "")));
        lines.add(new CopyLine(
                "opentelemetry",
                "A service with OpenTelemetry already in it",
                "Metrics and spans over OTLP/HTTP; without our agent's examples and advice.",
                "OTEL_EXPORTER_OTLP_ENDPOINT=" + endpoint + "\nOTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf\n"
                        + "OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION=BASE2_EXPONENTIAL_BUCKET_HISTOGRAM"
                        + (token
                                ? "\nOTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20<token of scope ingest>"
                                : "")));
        lines.add(new CopyLine(
                "prometheus",
                "Prometheus, for Grafana and Alertmanager",
                "Alert rules and boards lie under grafana/.",
                "scrape_configs:\n  - job_name: headroom\n    metrics_path: /actuator/prometheus\n    scheme: "
                        + URI.create(endpoint).getScheme() + "\n"
                        + (token ? "    authorization: { credentials: <token of scope read> }\n" : "")
                        + "    static_configs: [{ targets: [\"" + host + "\"] }]"));
        lines.add(new CopyLine(
                "deploy",
                "Tell of a deploy",
                "Marks it in every chart; Compare then shows before and after. A new service.version does it by itself.",
                "curl -X POST " + endpoint + "/api/v1/epochs -H \"Content-Type: application/json\""
                        + (token ? " -H \"Authorization: Bearer <token of scope check>\"" : "")
                        + " -d '{\"service\": \"your-service\", \"kind\": \"deploy\", \"name\": \"1.4.2\"}'"));
        return lines;
    }
}
