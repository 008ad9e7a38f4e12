package dev.headroom.dashboard.budget;

import java.util.Map;

/** The JVM that a series came from. */
record Origin(String service, String instance, Map<String, String> resource) {}
