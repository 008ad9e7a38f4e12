package dev.headroom.core.weave;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Supertypes of a class that is loaded already, and with it all its parents. Stateless. */
final class LoadedParents {
    private LoadedParents() {}

    /** Internal names of everything the class is, itself and java/lang/Object excluded. */
    static Set<String> of(Class<?> loaded) {
        Set<String> names = new LinkedHashSet<>();
        for (Class<?> each = loaded; each != null && each != Object.class; each = each.getSuperclass()) {
            add(each == loaded ? null : each, names);
            for (Class<?> parent : each.getInterfaces()) {
                addInterface(parent, names);
            }
        }
        return names;
    }

    private static void addInterface(Class<?> type, Set<String> names) {
        if (add(type, names)) {
            for (Class<?> parent : type.getInterfaces()) {
                addInterface(parent, names);
            }
        }
    }

    private static boolean add(@Nullable Class<?> type, Set<String> names) {
        return type != null && names.add(type.getName().replace('.', '/'));
    }
}
