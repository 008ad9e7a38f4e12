package dev.headroom.core.config;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every option of the agent. */
public final class Options {
    public static final Option<Boolean> ENABLED =
            new Option<>("enabled", "true", "Off: the agent does nothing at all.", new OptionTypes.Flag());

    public static final Option<String> ENDPOINT = new Option<>(
            "endpoint",
            "http://localhost:4318",
            "Address of the dashboard, to which metrics are sent as OTLP over HTTP.",
            new OptionTypes.HttpAddress(),
            "OTEL_EXPORTER_OTLP_ENDPOINT");

    public static final Option<String> TOKEN = new Option<>(
            "token",
            "",
            "Token of the dashboard, sent as `Authorization: Bearer`; needed where it listens beyond its machine.",
            new OptionTypes.HeaderValue());

    public static final Option<Map<String, String>> HEADERS = new Option<>(
            "headers",
            "",
            "More HTTP headers for every delivery.",
            new OptionTypes.Pairs(),
            "OTEL_EXPORTER_OTLP_HEADERS");

    public static final Option<String> SERVICE_NAME = new Option<>(
            "service.name",
            "",
            "Name of the service on every page; without one, the name of the main jar or class.",
            new OptionTypes.Text("text"),
            "OTEL_SERVICE_NAME");

    public static final Option<String> SERVICE_NAMESPACE =
            new Option<>("service.namespace", "", "Groups the services of one system.", new OptionTypes.Text("text"));

    public static final Option<String> SERVICE_VERSION = new Option<>(
            "service.version", "", "Version of the service, for comparisons.", new OptionTypes.Text("text"));

    public static final Option<String> ENVIRONMENT = new Option<>(
            "environment",
            "",
            "Where the service runs, such as production; sent as `deployment.environment.name`.",
            new OptionTypes.Text("text"));

    public static final Option<Map<String, String>> RESOURCE_ATTRIBUTES = new Option<>(
            "resource.attributes",
            "",
            "More attributes of this JVM, sent with everything.",
            new OptionTypes.Pairs(),
            "OTEL_RESOURCE_ATTRIBUTES");

    public static final Option<Long> EXPORT_INTERVAL = new Option<>(
            "export.interval",
            "5s",
            "Length of a window: how often measurements are closed and sent.",
            OptionTypes.Amount.millis(100, 600_000, "a whole number of ms, s or m between 100ms and 10m, such as 5s"));

    public static final Option<Boolean> EXPORT_ENABLED = new Option<>(
            "export.enabled",
            "true",
            "Off: nothing is sent; what is measured waits for a tool within the JVM, such as headroom-junit.",
            new OptionTypes.Flag());

    public static final Option<Long> QUEUE_MAX_BYTES = new Option<>(
            "queue.max.bytes",
            "16m",
            "Most memory for windows that the dashboard has not confirmed; beyond it the oldest are merged.",
            OptionTypes.Amount.bytes(64L << 10, 1L << 30, "bytes between 64k and 1g, such as 16m"));

    public static final Option<Boolean> EXAMPLES = new Option<>(
            "examples",
            "true",
            "Off: no single requests and calls are kept to be looked at, only counts and times.",
            new OptionTypes.Flag());

    public static final Option<Long> EXAMPLES_SLOW = new Option<>(
            "examples.slow",
            "500ms",
            "Requests that take so long are kept as examples, if their route has no slower one.",
            OptionTypes.Amount.millis(1, 3_600_000, "a whole number of ms, s or m between 1ms and 60m, such as 500ms"));

    public static final Option<Long> EXAMPLES_SLOW_CALL = new Option<>(
            "examples.slow.call",
            "200ms",
            "SQL statements and Redis commands outside of requests that take so long are kept as examples.",
            OptionTypes.Amount.millis(1, 3_600_000, "a whole number of ms, s or m between 1ms and 60m, such as 200ms"));

    public static final Option<Boolean> RESPONSE_HEADER = new Option<>(
            "response.header",
            "false",
            "On: answers that no shared cache may keep say in `Server-Timing` and `X-Response-Time` where the time went.",
            new OptionTypes.Flag());

    public static final Option<Boolean> TRACE_PROPAGATE = new Option<>(
            "trace.propagate",
            "false",
            "On: outgoing HTTP calls carry the `traceparent` of the request that makes them, as it came, where they have none of their own.",
            new OptionTypes.Flag());

    public static final Option<Set<String>> HOOKS_DISABLED = new Option<>(
            "hooks.disabled", "", "Hooks to switch off, by the names in the table below.", new OptionTypes.Names());

    public static final Option<Double> COST_BUDGET = new Option<>(
            "cost.budget",
            "1%",
            "Most of the processors' time that the agent may take; beyond it, it leaves out detail step by step until it keeps within.",
            new OptionTypes.Percent(0.001, "per cent between 0.001% and 100%, such as 1%"));

    public static final Option<Boolean> DEBUG = new Option<>(
            "debug",
            "false",
            "On: every warning of the agent is written to stderr, with its stack.",
            new OptionTypes.Flag());

    public static final Option<String> CONFIG_FILE = new Option<>(
            "config.file",
            "",
            "Properties file with options that are not given elsewhere; its keys may do without `headroom.`.",
            new OptionTypes.Text("path of a readable properties file"));

    private static final List<Option<?>> ALL = Collections.unmodifiableList(Arrays.<Option<?>>asList(
            ENABLED,
            ENDPOINT,
            TOKEN,
            HEADERS,
            SERVICE_NAME,
            SERVICE_NAMESPACE,
            SERVICE_VERSION,
            ENVIRONMENT,
            RESOURCE_ATTRIBUTES,
            EXPORT_INTERVAL,
            EXPORT_ENABLED,
            QUEUE_MAX_BYTES,
            EXAMPLES,
            EXAMPLES_SLOW,
            EXAMPLES_SLOW_CALL,
            RESPONSE_HEADER,
            TRACE_PROPAGATE,
            HOOKS_DISABLED,
            COST_BUDGET,
            DEBUG,
            CONFIG_FILE));

    private Options() {}

    /** In the order of the README. */
    public static List<Option<?>> all() {
        return ALL;
    }
}
