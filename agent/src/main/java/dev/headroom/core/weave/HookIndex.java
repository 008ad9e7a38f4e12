package dev.headroom.core.weave;

import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.JoinPoint;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.hook.TypeTarget;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All hooks turned round: from a class name, or an interface, to what is to be woven there. Makes a hook when the first class comes
 * that it wants. Every join point has its number from the beginning.
 *
 * <p>Thread-safe. A hook is made under a lock of its own, by whoever needs it first; that loads classes of the agent only. All names
 * inside are internal ones, with slashes.
 */
public final class HookIndex {
    /** Makes a hook; null when it cannot be made, which is said elsewhere. */
    public interface Maker {
        @Nullable
        Hook make(HookEntry entry);
    }

    private final Map<String, List<Slot>> byName = new HashMap<>();
    private final Map<String, List<Slot>> bySupertype = new HashMap<>();
    private final Map<JoinPoint, Integer> numbers = new ConcurrentHashMap<>();
    private final Probe[] probes;
    private final String[] owners;
    private final Set<String> familyMethods = new HashSet<>();
    private final byte[][] familyPrefixes;
    private final byte[][] familySkips;
    private final Maker maker;
    private volatile @Nullable Runnable madeOne;

    /** @param maker called at most once for each entry */
    public HookIndex(List<HookEntry> entries, Maker maker) {
        this.maker = maker;
        Set<String> prefixes = new HashSet<>();
        int number = 0;
        for (HookEntry entry : entries) {
            Slot slot = new Slot(entry, number);
            number += entry.joinPoints();
            for (String type : entry.types()) {
                add(byName, type, slot);
            }
            for (String type : entry.interfaces()) {
                add(bySupertype, type, slot);
            }
            familyMethods.addAll(entry.familyMethods());
            if (entry.family() != null) {
                prefixes.add(entry.family());
            }
        }
        probes = new Probe[number];
        owners = new String[number];
        int at = 0;
        for (HookEntry entry : entries) {
            for (int i = 0; i < entry.joinPoints(); i++) {
                owners[at++] = entry.name();
            }
        }
        familyPrefixes = new byte[prefixes.size()][];
        int i = 0;
        for (String prefix : prefixes) {
            familyPrefixes[i++] = prefix.getBytes(StandardCharsets.UTF_8);
        }
        familySkips = new byte[familyPrefixes.length][];
        for (int family = 0; family < familyPrefixes.length; family++) {
            familySkips[family] = ConstantPool.skips(familyPrefixes[family]);
        }
    }

    /**
     * An index of hooks that are made already.
     *
     * @throws IllegalStateException if a hook's declaration is incomplete: a mistake of ours, found by tests
     */
    public static HookIndex of(List<? extends Hook> hooks) {
        List<HookEntry> entries = new ArrayList<>();
        Map<HookEntry, Hook> made = new HashMap<>();
        for (Hook hook : hooks) {
            HookEntry entry = HookEntry.of(hook);
            entries.add(entry);
            made.put(entry, hook);
        }
        HookIndex index = new HookIndex(entries, made::get);
        for (List<Slot> slots : index.byName.values()) {
            made(slots);
        }
        for (List<Slot> slots : index.bySupertype.values()) {
            made(slots);
        }
        return index;
    }

    private static void made(List<Slot> slots) {
        for (Slot slot : slots) {
            slot.targets();
        }
    }

    private static void add(Map<String, List<Slot>> map, String name, Slot slot) {
        List<Slot> slots = map.get(name);
        if (slots == null) {
            slots = new ArrayList<>(1);
            map.put(name, slots);
        }
        slots.add(slot);
    }

    /** From now on tells the listener, which must not wait, whenever a hook was made and its probes are there. */
    public void onMade(Runnable listener) {
        madeOne = listener;
    }

    /** What hooks want of the class of this name; empty for nearly every class. */
    List<TypeTarget> named(String internalName) {
        return targets(byName.get(internalName), internalName, false);
    }

    /** Whether some hook names the class; makes none. */
    boolean names(String internalName) {
        return byName.containsKey(internalName);
    }

    /** What hooks want of classes that implement this interface. */
    List<TypeTarget> implementing(String internalName) {
        return targets(bySupertype.get(internalName), internalName, true);
    }

    /** Whether some hook wants the classes that implement this interface; makes none. */
    boolean wantsImplementations(String internalName) {
        return bySupertype.containsKey(internalName);
    }

    private static List<TypeTarget> targets(@Nullable List<Slot> slots, String internalName, boolean bySupertype) {
        if (slots == null) {
            return Collections.emptyList();
        }
        List<TypeTarget> wanted = new ArrayList<>();
        for (Slot slot : slots) {
            for (TypeTarget target : slot.targets()) {
                if (target.bySupertype() == bySupertype
                        && target.typeName().replace('.', '/').equals(internalName)) {
                    wanted.add(target);
                }
            }
        }
        return Collections.unmodifiableList(wanted);
    }

    boolean hasSupertypes() {
        return !bySupertype.isEmpty();
    }

    /** Whether the class mentions a family of which some hook wants implementations. */
    boolean mentionsFamily(byte[] classFile) {
        for (int family = 0; family < familyPrefixes.length; family++) {
            if (ConstantPool.contains(classFile, familyPrefixes[family], familySkips[family])) {
                return ConstantPool.mentions(classFile, familyPrefixes);
            }
        }
        return false;
    }

    /** Names of the methods that are woven because of a supertype. */
    Set<String> familyMethods() {
        return familyMethods;
    }

    int number(JoinPoint point) {
        @Nullable Integer number = numbers.get(point);
        return Objects.requireNonNull(number, "join point of another index");
    }

    /** Probes by join-point number, the index's own array: null where the hook is not made. Not to be changed. */
    public Probe[] probes() {
        return probes;
    }

    /** Name of the hook to which a join point belongs. */
    public String hookName(int number) {
        return owners[number];
    }

    /** The place of one hook. */
    private final class Slot {
        private final HookEntry entry;
        private final int firstNumber;
        private volatile @Nullable List<TypeTarget> targets;

        Slot(HookEntry entry, int firstNumber) {
            this.entry = entry;
            this.firstNumber = firstNumber;
        }

        List<TypeTarget> targets() {
            List<TypeTarget> ready = targets;
            if (ready == null) {
                synchronized (this) {
                    ready = targets;
                    if (ready == null) {
                        ready = make();
                        Runnable listener = madeOne;
                        if (listener != null) {
                            listener.run();
                        }
                        targets = ready;
                    }
                }
            }
            return ready;
        }

        private List<TypeTarget> make() {
            Hook hook = maker.make(entry);
            if (hook == null) {
                return Collections.emptyList();
            }
            int number = firstNumber;
            for (TypeTarget target : hook.targets()) {
                for (List<JoinPoint> group : target.groups()) {
                    for (JoinPoint point : group) {
                        if (point.adviceClass().isEmpty()) {
                            throw new IllegalStateException(hook.name() + ": " + point.method() + " has no advice");
                        }
                        numbers.put(point, number);
                        probes[number++] = point.probe();
                    }
                }
            }
            if (number != firstNumber + entry.joinPoints()) {
                throw new IllegalStateException(hook.name() + " has " + (number - firstNumber)
                        + " join points, its line in the list of hooks says " + entry.joinPoints());
            }
            return hook.targets();
        }
    }
}
