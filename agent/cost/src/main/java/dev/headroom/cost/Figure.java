package dev.headroom.cost;

/** What is measured, once in a run. */
enum Figure {
    HELLO_CPU("hello world: CPU", "ms"),
    HELLO_WALL("hello world: time", "ms"),
    START_WALL("application: time to first 200", "ms"),
    START_CPU("application: CPU to first 200", "ms"),
    REQUEST_CPU("CPU per request", "µs"),
    P50("p50 at the fixed rate", "ms"),
    P95("p95 at the fixed rate", "ms"),
    P99("p99 at the fixed rate", "ms"),
    SATURATION("requests/s at saturation", "1/s"),
    HEAP("heap after full GC", "MB"),
    METASPACE("metaspace", "MB"),
    CLASSES("classes loaded", ""),
    THREADS("threads", ""),
    RSS("resident memory", "MB"),
    SENT("sent by the agent", "kB"),
    EXPORT_300("300 series: CPU of the exporting thread", "% of a core"),
    EXPORT_2000("2,000 series: CPU of the exporting thread", "% of a core"),
    SERIES_HEAP("2,000 series: heap after full GC", "MB"),
    SERIES_METASPACE("2,000 series: metaspace", "MB"),
    SERIES_CLASSES("2,000 series: classes loaded", ""),
    SERIES_THREADS("2,000 series: threads", "");

    private final String title;
    private final String unit;

    Figure(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }
}
