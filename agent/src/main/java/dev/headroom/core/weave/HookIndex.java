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
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All hooks turned round: from a class name, or an interface, to what is to be woven there. Gives every join point its number.
 * Immutable and thread-safe. All names inside are internal ones, with slashes.
 */
public final class HookIndex {
    private final Map<String, List<TypeTarget>> byName = new HashMap<>();
    private final Map<String, List<TypeTarget>> bySupertype = new HashMap<>();
    private final IdentityHashMap<JoinPoint, Integer> numbers = new IdentityHashMap<>();
    private final List<Probe> probes = new ArrayList<>();
    private final List<String> owners = new ArrayList<>();
    private final Set<String> familyMethods = new HashSet<>();
    private final byte[][] familyPrefixes;

    /** @throws IllegalStateException if a hook's declaration is incomplete: a mistake of ours, found by tests */
    public HookIndex(List<Hook> hooks) {
        Set<String> prefixes = new LinkedHashSet<>();
        for (Hook hook : hooks) {
            for (TypeTarget target : hook.targets()) {
                add(hook, target, prefixes);
            }
        }
        familyPrefixes = new byte[prefixes.size()][];
        int i = 0;
        for (String prefix : prefixes) {
            familyPrefixes[i++] = prefix.getBytes(StandardCharsets.UTF_8);
        }
    }

    private void add(Hook hook, TypeTarget target, Set<String> prefixes) {
        String internalName = target.typeName().replace('.', '/');
        if (target.bySupertype()) {
            String prefix = hook.familyPrefix();
            // Without a family of its own, the interface's package stands for it: whoever implements a method mentions
            // it.
            prefixes.add(
                    prefix == null
                            ? internalName.substring(0, internalName.lastIndexOf('/') + 1)
                            : prefix.replace('.', '/'));
            bySupertype.computeIfAbsent(internalName, key -> new ArrayList<>()).add(target);
        } else {
            byName.computeIfAbsent(internalName, key -> new ArrayList<>()).add(target);
        }
        for (List<JoinPoint> group : target.groups()) {
            for (JoinPoint point : group) {
                if (target.bySupertype()) {
                    familyMethods.add(point.method());
                }
                if (point.adviceClass().isEmpty()) {
                    throw new IllegalStateException(hook.name() + ": " + point.method() + " has no advice");
                }
                numbers.put(point, probes.size());
                probes.add(point.probe());
                owners.add(hook.name());
            }
        }
    }

    /** What hooks want of the class of this name; empty for nearly every class. */
    List<TypeTarget> named(String internalName) {
        List<TypeTarget> targets = byName.get(internalName);
        return targets == null ? Collections.emptyList() : targets;
    }

    /** What hooks want of classes that implement this interface. */
    List<TypeTarget> implementing(String internalName) {
        List<TypeTarget> targets = bySupertype.get(internalName);
        return targets == null ? Collections.emptyList() : targets;
    }

    boolean hasSupertypes() {
        return !bySupertype.isEmpty();
    }

    /** What the constant pool of a class must mention before its supertypes are looked at. */
    byte[][] familyPrefixes() {
        return familyPrefixes;
    }

    /** Names of the methods that are woven because of a supertype. */
    Set<String> familyMethods() {
        return familyMethods;
    }

    int number(JoinPoint point) {
        @Nullable Integer number = numbers.get(point);
        return Objects.requireNonNull(number, "join point of another index");
    }

    /** Probes by join-point number. */
    public Probe[] probes() {
        return probes.toArray(new Probe[0]);
    }

    /** Name of the hook to which a join point belongs. */
    public String hookName(int number) {
        return owners.get(number);
    }
}
