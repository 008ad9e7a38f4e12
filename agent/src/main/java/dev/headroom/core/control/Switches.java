package dev.headroom.core.control;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What this agent is to do, as two orderers want it: the dashboard (hooks off, detail, options) and the agent's own governor
 * (detail). In force is the lower of the two details.
 *
 * <p>Thread-safe. Reads are one volatile read and allocate nothing: they may stand on the hot path. Changes are rare; listeners are
 * told after each, on the changing thread, one change at a time.
 */
public final class Switches {
    private final Object changing = new Object();
    private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Detail detail = Detail.ALL;
    private volatile Detail ordered = Detail.ALL;
    private volatile Detail governed = Detail.ALL;
    private volatile boolean ungoverned;
    private volatile Set<String> hooksOff = Collections.emptySet();
    private volatile Map<String, Double> options = Collections.emptyMap();
    private final AtomicInteger version = new AtomicInteger();

    /** The detail in force. */
    public Detail detail() {
        return detail;
    }

    /** What the dashboard wants. */
    public Detail ordered() {
        return ordered;
    }

    /** What the agent's own governor wants. */
    public Detail governed() {
        return governed;
    }

    /** Names of the hooks that the dashboard switched off, known here or not. */
    public Set<String> hooksOff() {
        return hooksOff;
    }

    /** Whether a hook may begin something. */
    public boolean begins(String hook) {
        return detail.counts() && !hooksOff.contains(hook);
    }

    /** A number that the dashboard ordered under that name, or else the other. */
    public double option(String name, double otherwise) {
        Double value = options.get(name);
        return value == null ? otherwise : value;
    }

    public Map<String, Double> options() {
        return options;
    }

    /** Grows with every change, so that who looks now and then knows whether to look closer. */
    public int version() {
        return version.get();
    }

    /** Takes the dashboard's orders in place of all its earlier ones. */
    public void order(Detail wanted, Set<String> switchedOff, Map<String, Double> numbers) {
        synchronized (changing) {
            if (wanted == ordered && switchedOff.equals(hooksOff) && numbers.equals(options)) {
                return;
            }
            ordered = wanted;
            hooksOff = Collections.unmodifiableSet(new HashSet<>(switchedOff));
            options = Collections.unmodifiableMap(new HashMap<>(numbers));
            changed();
        }
    }

    /** From now on full detail is kept whatever it costs, as a test wants it that counts calls. */
    public void heedNoGovernor() {
        govern(Detail.ALL);
        ungoverned = true;
    }

    /** Whether the governor's wishes count. */
    public boolean governable() {
        return !ungoverned;
    }

    /** Takes the governor's wish in place of its earlier one. */
    public void govern(Detail wanted) {
        synchronized (changing) {
            if (wanted != governed && !ungoverned) {
                governed = wanted;
                changed();
            }
        }
    }

    private void changed() {
        detail = ordered.lower(governed);
        version.incrementAndGet();
        for (Runnable listener : listeners) {
            listener.run();
        }
    }

    /** From now on tells the listener, which must neither throw nor wait, of every change. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Tells the listener at every change after which the hook may begin nothing: what it began may end unseen. */
    public void whenOff(String hook, Runnable listener) {
        onChange(
                new Runnable() { // no lambda: the agent's start does not pay for the first one
                    @Override
                    public void run() {
                        if (!begins(hook)) {
                            listener.run();
                        }
                    }
                });
    }
}
