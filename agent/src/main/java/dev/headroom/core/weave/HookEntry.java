package dev.headroom.core.weave;

import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.JoinPoint;
import dev.headroom.core.hook.TypeTarget;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the index must know of a hook while it is not made: how the classes are called that it wants. An application pays for the
 * hooks of the libraries that it uses, and for a line of text for each of the others. Immutable and thread-safe.
 */
public final class HookEntry {
    private static final String NONE = "-";

    private final String hookClass;
    private final String name;
    private final int joinPoints;
    private final @Nullable String family;
    private final Set<String> familyMethods;
    private final Set<String> interfaces;
    private final Set<String> types;

    private HookEntry(
            String hookClass,
            String name,
            int joinPoints,
            @Nullable String family,
            Set<String> familyMethods,
            Set<String> interfaces,
            Set<String> types) {
        this.hookClass = hookClass;
        this.name = name;
        this.joinPoints = joinPoints;
        this.family = family;
        this.familyMethods = familyMethods;
        this.interfaces = interfaces;
        this.types = types;
    }

    /** @throws IllegalStateException if the hook wants several families */
    public static HookEntry of(Hook hook) {
        int joinPoints = 0;
        String family = null;
        Set<String> familyMethods = new TreeSet<>();
        Set<String> interfaces = new LinkedHashSet<>();
        Set<String> types = new LinkedHashSet<>();
        for (TypeTarget target : hook.targets()) {
            String internalName = target.typeName().replace('.', '/');
            if (target.bySupertype()) {
                String prefix = prefix(hook, internalName);
                if (family != null && !family.equals(prefix)) {
                    throw new IllegalStateException(hook.name() + " wants classes of " + family + " and " + prefix);
                }
                family = prefix;
                interfaces.add(internalName);
            } else {
                types.add(internalName);
            }
            for (List<JoinPoint> group : target.groups()) {
                for (JoinPoint point : group) {
                    joinPoints++;
                    if (target.bySupertype()) {
                        familyMethods.add(point.method());
                    }
                }
            }
        }
        return new HookEntry(
                hook.getClass().getName(), hook.name(), joinPoints, family, familyMethods, interfaces, types);
    }

    /** Without a family of its own, the interface's package stands for it: whoever implements a method mentions it. */
    private static String prefix(Hook hook, String interfaceName) {
        String prefix = hook.familyPrefix();
        return prefix == null
                ? interfaceName.substring(0, interfaceName.lastIndexOf('/') + 1)
                : prefix.replace('.', '/');
    }

    /** Reads what {@link #line} wrote. */
    public static HookEntry parse(String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length != 7) {
            throw new IllegalArgumentException(
                    "a hook's line has " + parts.length + " parts, expected 7, written by ReadmeTablesTest: " + line);
        }
        return new HookEntry(
                parts[0],
                parts[1],
                Integer.parseInt(parts[2]),
                parts[3].equals(NONE) ? null : parts[3],
                list(parts[4]),
                list(parts[5]),
                list(parts[6]));
    }

    private static Set<String> list(String part) {
        return part.equals(NONE) ? Collections.emptySet() : new LinkedHashSet<>(Arrays.asList(part.split(",")));
    }

    /** Class, name, number of join points, family, its methods, interfaces, types; a dash for none. */
    public String line() {
        return String.join(
                " ",
                hookClass,
                name,
                String.valueOf(joinPoints),
                family == null ? NONE : family,
                joined(familyMethods),
                joined(interfaces),
                joined(types));
    }

    private static String joined(Set<String> names) {
        return names.isEmpty() ? NONE : String.join(",", names);
    }

    /** Binary name of the hook's class. */
    public String hookClass() {
        return hookClass;
    }

    /** What {@code headroom.hooks.disabled} calls it. */
    public String name() {
        return name;
    }

    int joinPoints() {
        return joinPoints;
    }

    /** What the constant pool of a class mentions that implements one of the interfaces; null when there are none. */
    @Nullable
    String family() {
        return family;
    }

    /** Names of the methods that are woven in classes of the family. */
    Set<String> familyMethods() {
        return familyMethods;
    }

    /** Internal names. */
    Set<String> interfaces() {
        return interfaces;
    }

    /** Internal names. */
    Set<String> types() {
        return types;
    }
}
