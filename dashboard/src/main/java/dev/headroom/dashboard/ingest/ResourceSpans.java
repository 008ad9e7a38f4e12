package dev.headroom.dashboard.ingest;

import java.util.List;
import java.util.Map;

/** The spans of one resource. */
record ResourceSpans(Map<String, String> resource, List<ReceivedSpan> spans) {}
