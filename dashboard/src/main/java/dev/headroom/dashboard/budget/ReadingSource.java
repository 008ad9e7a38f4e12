package dev.headroom.dashboard.budget;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.budget.file.Quantity;
import dev.headroom.dashboard.budget.file.Signal;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which stored series hold the readings of a quantity, and how a slice of time of one JVM becomes one reading. */
enum ReadingSource {
    POOL_UTILIZATION(Metric.POOL_COUNT, Metric.POOL_MAX),
    CPU_UTILIZATION(Metric.JVM_CPU_UTILIZATION),
    MEMORY(Metric.PROCESS_MEMORY),
    HEAP_AFTER_GC(Metric.JVM_MEMORY_AFTER_GC, Metric.JVM_MEMORY_LIMIT),
    REDIS_MEMORY(Metric.REDIS_MEMORY_USED),
    REDIS_MEMORY_UTILIZATION(Metric.REDIS_MEMORY_USED, Metric.REDIS_MEMORY_MAX),
    GC_OVERHEAD(Metric.JVM_GC_DURATION, Metric.JVM_THREADS);

    private static final String CYCLES = " Cycles";

    @SuppressWarnings("ImmutableEnumChecker") // Set.copyOf
    private final Set<String> metrics;

    ReadingSource(Metric... metrics) {
        Set<String> names = new java.util.HashSet<>();
        for (Metric metric : metrics) {
            names.add(metric.metricName());
        }
        this.metrics = Set.copyOf(names);
    }

    Set<String> metrics() {
        return metrics;
    }

    /** Where the quantity is read, or null where nothing measures it yet. */
    static @Nullable ReadingSource of(Signal signal, Quantity quantity) {
        return switch (signal.key() + " " + quantity.key()) {
            case "pool utilization" -> POOL_UTILIZATION;
            case "process cpu.utilization" -> CPU_UTILIZATION;
            case "process memory.rss" -> MEMORY;
            case "redis memory.used" -> REDIS_MEMORY;
            case "redis memory.utilization" -> REDIS_MEMORY_UTILIZATION;
            case "jvm heap.after_gc.utilization" -> HEAP_AFTER_GC;
            case "jvm gc.overhead" -> GC_OVERHEAD;
            default -> null;
        };
    }

    /** Which reading of a gauge stands for a slice: its largest where peaks matter. */
    enum Choice {
        LARGEST,
        SMALLEST,
        MEAN;

        double of(Value.Gauge gauge) {
            return switch (this) {
                case LARGEST -> gauge.max();
                case SMALLEST -> gauge.min();
                case MEAN -> gauge.sum() / gauge.readings();
            };
        }
    }

    /**
     * The readings of one JVM's slice, by a series that names what each is about.
     *
     * @param seconds length of the slice
     */
    Map<SeriesKey, Double> read(List<Sighting> slice, double seconds, Choice choice) {
        return switch (this) {
            case POOL_UTILIZATION -> pools(slice, choice);
            case CPU_UTILIZATION, MEMORY, REDIS_MEMORY -> gauges(slice, choice);
            case REDIS_MEMORY_UTILIZATION -> redis(slice, choice);
            case HEAP_AFTER_GC -> heap(slice, choice);
            case GC_OVERHEAD -> collections(slice, seconds);
        };
    }

    private Map<SeriesKey, Double> gauges(List<Sighting> slice, Choice choice) {
        Map<SeriesKey, Double> readings = new HashMap<>();
        for (Sighting each : slice) {
            if (metrics.contains(each.key().metric()) && each.value() instanceof Value.Gauge gauge) {
                readings.put(each.key(), choice.of(gauge));
            }
        }
        return readings;
    }

    private static Map<SeriesKey, Double> pools(List<Sighting> slice, Choice choice) {
        Map<SeriesKey, Double> readings = new HashMap<>();
        for (Sighting used : slice) {
            if (!used.key().is(Metric.POOL_COUNT)
                    || !"used".equals(used.key().get(Attribute.POOL_STATE))
                    || !(used.value() instanceof Value.Gauge count)) {
                continue;
            }
            String pool = used.key().get(Attribute.POOL_NAME, "");
            for (Sighting limit : slice) {
                boolean same = limit.key().is(Metric.POOL_MAX)
                        && limit.key().get(Attribute.POOL_NAME, "").equals(pool);
                if (same && limit.value() instanceof Value.Gauge max && max.last() > 0) {
                    readings.put(limit.key(), choice.of(count) / max.last());
                }
            }
        }
        return readings;
    }

    /** A server without a limit has no share. */
    private static Map<SeriesKey, Double> redis(List<Sighting> slice, Choice choice) {
        double used = 0;
        double limit = 0;
        SeriesKey about = null;
        for (Sighting each : slice) {
            if (each.value() instanceof Value.Gauge gauge) {
                if (each.key().is(Metric.REDIS_MEMORY_USED)) {
                    used = choice.of(gauge);
                    about = each.key();
                } else if (each.key().is(Metric.REDIS_MEMORY_MAX)) {
                    limit = gauge.last();
                }
            }
        }
        return about == null || limit <= 0 ? Map.of() : Map.of(about, used / limit);
    }

    private static Map<SeriesKey, Double> heap(List<Sighting> slice, Choice choice) {
        double used = 0;
        double limit = 0;
        SeriesKey about = null;
        for (Sighting each : slice) {
            boolean heap = "heap".equals(each.key().get(Attribute.MEMORY_TYPE));
            if (heap && each.value() instanceof Value.Gauge gauge) {
                if (each.key().is(Metric.JVM_MEMORY_AFTER_GC)) {
                    used += choice.of(gauge);
                    about = each.key();
                } else if (each.key().is(Metric.JVM_MEMORY_LIMIT)) {
                    limit += gauge.last();
                }
            }
        }
        return about == null || limit <= 0 ? Map.of() : Map.of(about, used / limit);
    }

    /**
     * Share of the time in which the application stood still. No collection in a slice in which the JVM reported is a reading too:
     * zero. What ZGC and Shenandoah call cycles runs beside the application; their pauses are collectors of their own.
     */
    private static Map<SeriesKey, Double> collections(List<Sighting> slice, double seconds) {
        double spent = 0;
        SeriesKey about = null;
        for (Sighting each : slice) {
            if (each.key().is(Metric.JVM_THREADS)) {
                about = each.key();
            } else if (each.key().is(Metric.JVM_GC_DURATION)
                    && !each.key().get(Attribute.GC_NAME, "").endsWith(CYCLES)
                    && each.value() instanceof Value.Distribution collections) {
                spent += collections.histogram().sum();
            }
        }
        return about == null ? Map.of() : Map.of(about, spent / seconds);
    }
}
