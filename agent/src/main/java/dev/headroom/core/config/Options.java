package dev.headroom.core.config;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every option of the agent. */
public final class Options {
    public static final Option<Boolean> ENABLED = new Option<>(
            "enabled", "", "true", "Off: the agent does nothing at all.", OptionText.FLAG, OptionText::flag);

    public static final Option<String> ENDPOINT = new Option<>(
            "endpoint",
            "",
            "http://localhost:4318",
            "Address of the dashboard, to which metrics are sent as OTLP over HTTP.",
            "an address such as http://localhost:4318",
            OptionText::httpAddress,
            "OTEL_EXPORTER_OTLP_ENDPOINT");

    public static final Option<String> TOKEN = new Option<>(
            "token",
            "",
            "",
            "Token of the dashboard, sent as \"Authorization: Bearer ...\"; needed where it listens beyond this machine.",
            "the token's text in printable ASCII",
            OptionText::headerValue);

    public static final Option<Map<String, String>> HEADERS = new Option<>(
            "headers",
            "",
            "",
            "More HTTP headers for every delivery, as name=value;name=value.",
            "name=value;name=value",
            OptionText::pairs,
            "OTEL_EXPORTER_OTLP_HEADERS");

    public static final Option<String> SERVICE_NAME = new Option<>(
            "service.name",
            "",
            "",
            "Name of the service on every page; without one, the name of the main jar or class.",
            "text",
            OptionText::text,
            "OTEL_SERVICE_NAME");

    public static final Option<String> SERVICE_NAMESPACE =
            new Option<>("service.namespace", "", "", "Groups services of one system.", "text", OptionText::text);

    public static final Option<String> SERVICE_VERSION = new Option<>(
            "service.version", "", "", "Version of the service, for comparisons.", "text", OptionText::text);

    public static final Option<String> ENVIRONMENT = new Option<>(
            "environment",
            "",
            "",
            "Where the service runs, such as production; sent as deployment.environment.name.",
            "text",
            OptionText::text);

    public static final Option<Map<String, String>> RESOURCE_ATTRIBUTES = new Option<>(
            "resource.attributes",
            "",
            "",
            "More attributes of this JVM, as name=value;name=value.",
            "name=value;name=value",
            OptionText::pairs,
            "OTEL_RESOURCE_ATTRIBUTES");

    public static final Option<Long> EXPORT_INTERVAL = new Option<>(
            "export.interval",
            "ms",
            "5s",
            "Length of a window: how often measurements are closed and sent.",
            "a whole number of ms, s or m between 100ms and 10m, such as 5s",
            text -> OptionText.millis(text, 100, 600_000));

    public static final Option<Long> QUEUE_MAX_BYTES = new Option<>(
            "queue.max.bytes",
            "bytes",
            "16m",
            "Most memory for windows that the dashboard has not confirmed; beyond it the oldest are merged.",
            "bytes between 64k and 1g, such as 8388608 or 8m",
            text -> OptionText.bytes(text, 64L << 10, 1L << 30));

    public static final Option<Set<String>> HOOKS_DISABLED = new Option<>(
            "hooks.disabled",
            "",
            "",
            "Hooks to switch off, by the names in the table below.",
            "names of hooks, divided by commas or semicolons",
            OptionText::names);

    public static final Option<Boolean> DEBUG = new Option<>(
            "debug",
            "",
            "false",
            "On: every warning of the agent is written to stderr, with its stack.",
            OptionText.FLAG,
            OptionText::flag);

    public static final Option<String> CONFIG_FILE = new Option<>(
            "config.file",
            "",
            "",
            "Properties file with the options not given elsewhere, keys as here with or without \"headroom.\".",
            "path of a readable properties file",
            OptionText::text);

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
            QUEUE_MAX_BYTES,
            HOOKS_DISABLED,
            DEBUG,
            CONFIG_FILE));

    private Options() {}

    /** In the order of the README. */
    public static List<Option<?>> all() {
        return ALL;
    }
}
