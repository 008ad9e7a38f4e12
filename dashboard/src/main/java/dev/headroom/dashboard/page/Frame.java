package dev.headroom.dashboard.page;

import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.epoch.Epoch;
import dev.headroom.dashboard.operations.Listing;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.TimeRange;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds every page: which service, environment and time it is about, and how fresh that is. All of its state is in the
 * URL, so every state is a link. Immutable.
 *
 * @param parameters the URL's parameters, first value each, in their order
 * @param service the chosen service; null for all of them, or when none has reported
 * @param services every service of the environment
 * @param reach name of the rolling range ({@code 15m}); null for a fixed one
 * @param deploy newest deploy of what {@link #subject} names, for the rolling range since then; null when none is known
 * @param live whether the page should follow
 * @param worst worst verdict over what is shown; null when nothing was ever judged
 * @param instances JVMs of the shown services that reported within the range
 * @param reporting those of them that reported lately
 * @param dataAge time since the newest report; null when there was none
 * @param problem what is wrong with the URL and what is shown instead
 */
public record Frame(
        String path,
        Map<String, String> parameters,
        @Nullable String service,
        List<String> services,
        @Nullable String environment,
        List<String> environments,
        TimeRange range,
        @Nullable String reach,
        @Nullable Epoch deploy,
        boolean live,
        Instant now,
        @Nullable Verdict worst,
        int instances,
        int reporting,
        @Nullable Duration dataAge,
        @Nullable String problem) {
    /** Rolling ranges offered. */
    static final Map<String, Duration> REACHES = reaches();

    /** The rolling range that begins with the newest deploy. */
    static final String SINCE_DEPLOY = "deploy";

    static final String DEFAULT_REACH = "15m";
    private static final DateTimeFormatter DATE_FIELD =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT);
    private static final List<String> CARRIED = List.of("service", "env", "range", "from", "to", "live");

    private static Map<String, Duration> reaches() {
        Map<String, Duration> reaches = new LinkedHashMap<>();
        reaches.put("15m", Duration.ofMinutes(15));
        reaches.put("1h", Duration.ofHours(1));
        reaches.put("6h", Duration.ofHours(6));
        reaches.put("24h", Duration.ofHours(24));
        reaches.put("7d", Duration.ofDays(7));
        reaches.put("30d", Duration.ofDays(30));
        return reaches;
    }

    /** Link to another page that keeps service, environment, range and live. */
    public String to(String otherPath, String... changes) {
        Map<String, String> kept = new LinkedHashMap<>(parameters);
        kept.keySet().retainAll(CARRIED);
        return link(otherPath, change(kept, changes));
    }

    /** Link to this page with the given parameters changed; an empty value removes the parameter. */
    public String here(String... changes) {
        return link(path, change(new LinkedHashMap<>(parameters), changes));
    }

    /** This page over the rolling range. */
    public String reaching(String name) {
        return here("range", name.equals(DEFAULT_REACH) ? "" : name, "from", "", "to", "");
    }

    /** This page over a fixed range, which stops live. */
    public String between(Instant from, Instant to) {
        return here("from", from.toString(), "to", to.toString(), "range", "", "live", "");
    }

    /** The value of the parameter, or an empty text. */
    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** Parameters that a form on this page must carry as hidden fields beside its own. */
    public Map<String, String> carriedBeside(List<String> own) {
        Map<String, String> carried = new LinkedHashMap<>(parameters);
        carried.keySet().removeAll(own);
        return carried;
    }

    /** What the search in the bar keeps: environment and time, and no service, for it looks into all of them. */
    public Map<String, String> searchCarries() {
        Map<String, String> carried = new LinkedHashMap<>(parameters);
        carried.keySet().retainAll(CARRIED);
        carried.remove("service");
        return carried;
    }

    /** The service that a list is about: the chosen one, or the first. */
    public @Nullable String subject() {
        return service != null ? service : services.isEmpty() ? null : services.get(0);
    }

    /** The list of {@link #subject}; empty while no service has reported. */
    public <T> Listing<T> list(BiFunction<String, TimeRange, Listing<T>> source) {
        String about = subject();
        return about == null
                ? new Listing<>("", range.from(), range.to(), List.of(), List.of())
                : source.apply(about, range);
    }

    public List<String> reachNames() {
        return List.copyOf(REACHES.keySet());
    }

    /** "since deploy 1.4.2 of clinic, 14:02:11 UTC"; empty when no deploy is known. */
    public String sinceDeploy() {
        return deploy == null
                ? ""
                : "since deploy " + deploy.name() + " of " + deploy.service() + ", "
                        + Figures.moment(deploy.at(), Duration.between(deploy.at(), now)) + " UTC";
    }

    /** A rolling range can be followed, a fixed one is over. */
    public boolean canFollow() {
        return reach != null;
    }

    /** Fields of the form that picks what is shown; changing it closes rows and drops the filter of the other service; the search's
     * question stays. */
    public List<String> pickable() {
        return path.equals("/search") ? List.of("service", "env") : List.of("service", "env", "open", "q", Paging.PAGE);
    }

    /** Whether the newest data is older than it may be. */
    public boolean stale() {
        return dataAge != null && dataAge.compareTo(Frames.SILENT) > 0;
    }

    /** Whether the JVM's last report is young enough. */
    public boolean fresh(Instance instance) {
        return instance.lastReport().isAfter(now.minus(Frames.SILENT));
    }

    /** "3 agents", or "2 of 3 agents" when one is silent. */
    public String agents() {
        String noun = instances == 1 ? " agent" : " agents";
        return reporting == instances ? instances + noun : reporting + " of " + instances + noun;
    }

    /** The range's start as a browser's date field wants it. */
    public String localFrom() {
        return local(range.from());
    }

    public String localTo() {
        return local(range.to());
    }

    private static String local(Instant at) {
        return LocalDateTime.ofInstant(at.truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC)
                .format(DATE_FIELD);
    }

    private static Map<String, String> change(Map<String, String> kept, String... changes) {
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i + 1].isEmpty()) {
                kept.remove(changes[i]);
            } else {
                kept.put(changes[i], changes[i + 1]);
            }
        }
        return kept;
    }

    private static String link(String path, Map<String, String> parameters) {
        StringBuilder link = new StringBuilder(path);
        char separator = '?';
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            link.append(separator)
                    .append(encode(parameter.getKey()))
                    .append('=')
                    .append(encode(parameter.getValue()));
            separator = '&';
        }
        return link.toString();
    }

    /** Link to a service's page. */
    public String service(String name) {
        return to("/services/" + segment(name), "service", "");
    }

    /** The text as one part of a path. */
    public static String segment(String text) {
        return encode(text).replace("+", "%20");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
