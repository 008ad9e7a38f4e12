package dev.headroom.core.weave;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a class extends and implements by reading class files as resources. Never loads a class: one loaded while
 * another is being transformed would not be offered to the transformer, and stay unwoven in silence. What the JDK's types extend is
 * known without reading.
 *
 * <p>Thread-safe. Remembers at most {@link #MAX_REMEMBERED} class files per loader, and holds loaders weakly; calls loaders
 * without holding anything.
 */
final class Supertypes {
    static final int MAX_REMEMBERED = 4_096;

    private static final ClassHeader[] UNKNOWN = {};

    private final Map<Object, Map<String, ClassHeader[]>> byLoader = new ConcurrentHashMap<>();
    private final ReferenceQueue<ClassLoader> gone = new ReferenceQueue<>();

    /** Internal names of everything the class is, itself excluded; what cannot be found is named, but not followed. */
    Set<String> of(ClassHeader header, @Nullable ClassLoader loader) {
        Set<String> found = new LinkedHashSet<>();
        List<ClassHeader> waiting = new ArrayList<>();
        waiting.add(header);
        while (!waiting.isEmpty()) {
            ClassHeader next = waiting.remove(waiting.size() - 1);
            follow(next.superName(), loader, found, waiting);
            for (String each : next.interfaces()) {
                follow(each, loader, found, waiting);
            }
        }
        return found;
    }

    private void follow(
            @Nullable String name, @Nullable ClassLoader loader, Set<String> found, List<ClassHeader> waiting) {
        if (name == null || name.equals("java/lang/Object") || !found.add(name)) {
            return;
        }
        if (JdkParents.ofTheJdk(name)) {
            for (String each : JdkParents.of(name)) {
                follow(each, loader, found, waiting);
            }
            return;
        }
        ClassHeader header = find(name, loader);
        if (header != null) {
            waiting.add(header);
        }
    }

    /** The header of the class as this loader would find it, or null. */
    @Nullable
    ClassHeader find(String internalName, @Nullable ClassLoader loader) {
        Map<String, ClassHeader[]> known = known(loader);
        ClassHeader[] remembered = known.get(internalName);
        if (remembered == null) {
            ClassHeader read = read(internalName, loader);
            remembered = read == null ? UNKNOWN : new ClassHeader[] {read};
            if (known.size() >= MAX_REMEMBERED) {
                known.clear();
            }
            known.put(internalName, remembered);
        }
        return remembered.length == 0 ? null : remembered[0];
    }

    private static @Nullable ClassHeader read(String internalName, @Nullable ClassLoader loader) {
        String resource = internalName + ".class";
        try (InputStream in = loader == null
                ? ClassLoader.getSystemResourceAsStream(resource)
                : loader.getResourceAsStream(resource)) {
            return in == null ? null : ClassHeader.read(ClassBytes.of(in));
        } catch (IOException | RuntimeException unreadable) {
            return null; // The loader is the application's: what it cannot give counts as not there.
        }
    }

    private Map<String, ClassHeader[]> known(@Nullable ClassLoader loader) {
        for (Reference<?> old = gone.poll(); old != null; old = gone.poll()) {
            byLoader.remove(old);
        }
        if (loader == null) {
            return byLoader.computeIfAbsent(this, key -> new ConcurrentHashMap<>());
        }
        Map<String, ClassHeader[]> known = byLoader.get(new LoaderKey(loader, null));
        if (known == null) {
            known = byLoader.computeIfAbsent(new LoaderKey(loader, gone), key -> new ConcurrentHashMap<>());
        }
        return known;
    }

    /** By identity, for equals and hashCode of a loader are the application's code. */
    private static final class LoaderKey extends WeakReference<ClassLoader> {
        private final int hash;

        LoaderKey(ClassLoader loader, @Nullable ReferenceQueue<ClassLoader> queue) {
            super(loader, queue);
            this.hash = System.identityHashCode(loader);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            if (this == other) {
                return true;
            }
            ClassLoader own = get();
            return own != null && other instanceof LoaderKey && own == ((LoaderKey) other).get();
        }
    }
}
