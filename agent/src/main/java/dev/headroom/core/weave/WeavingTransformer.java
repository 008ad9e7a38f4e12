package dev.headroom.core.weave;

import dev.headroom.core.hook.TypeTarget;
import dev.headroom.core.log.AgentLog;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every class that is loaded, cheapest question first: ignored loader, named by a hook, ignored package, constant pool,
 * members, supertypes; only what passes all is woven. A class that cannot be woven stays as it is, and is counted.
 *
 * <p>Thread-safe; loads no class of the application and holds no lock while asking its loaders.
 */
public final class WeavingTransformer implements ClassFileTransformer {
    private final HookIndex index;
    private final AgentLog log;
    private final Supertypes supertypes = new Supertypes();
    private final MethodSelection selection;
    private final @Nullable ClassLoader agentLoader = WeavingTransformer.class.getClassLoader();
    private final Weaver weaver;

    private final AtomicLong lookedAt = new AtomicLong();
    private final AtomicLong woven = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();
    private final ConcurrentHashMap<String, AtomicLong> nanosByHook = new ConcurrentHashMap<>();

    public WeavingTransformer(HookIndex index, AgentLog log) {
        this.index = index;
        this.log = log;
        this.weaver = new Weaver(supertypes, log);
        this.selection = new MethodSelection(index, new MemberCheck(supertypes));
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String internalName,
            @Nullable Class<?> classBeingRedefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        if (internalName == null || Ignored.loader(loader, agentLoader)) {
            return null;
        }
        long start = System.nanoTime();
        try {
            return weave(loader, internalName, classBeingRedefined, classFile, start);
        } catch (Throwable failure) {
            failed.incrementAndGet();
            log.warn("not woven: " + internalName.replace('/', '.') + ", it runs unmeasured", failure);
            return null;
        } finally {
            lookedAt.incrementAndGet();
            nanos.addAndGet(System.nanoTime() - start);
        }
    }

    private byte @Nullable [] weave(
            @Nullable ClassLoader loader, String internalName, @Nullable Class<?> loaded, byte[] classFile, long start)
            throws IOException {
        List<TypeTarget> targets = index.named(internalName);
        boolean named = !targets.isEmpty();
        boolean familiar = index.hasSupertypes() && !Ignored.name(internalName) && index.mentionsFamily(classFile);
        if (!named && !familiar) {
            return null;
        }
        ClassHeader header = ClassHeader.read(classFile);
        if (header.isInterface()) {
            return null;
        }
        if (familiar && declaresAny(header, index.familyMethods())) {
            targets = withSupertypes(targets, header, loader, loaded);
        }
        if (targets.isEmpty()) {
            return null;
        }
        List<WovenMethod> methods = selection.of(targets, header, loader);
        if (methods.isEmpty()) {
            return null;
        }
        byte[] result = weaver.weave(header, classFile, loader, methods);
        woven.incrementAndGet();
        spent(index.hookName(methods.get(0).number()), System.nanoTime() - start);
        return result;
    }

    /** A class of two hooks counts for its first. */
    private void spent(String hook, long time) {
        AtomicLong known = nanosByHook.get(hook);
        if (known == null) {
            AtomicLong made = new AtomicLong();
            known = nanosByHook.putIfAbsent(hook, made);
            known = known == null ? made : known;
        }
        known.addAndGet(time);
    }

    /** Asked before the parents, which stand in other class files. */
    private static boolean declaresAny(ClassHeader header, Set<String> names) {
        for (ClassHeader.Member method : header.methods()) {
            if (names.contains(method.name())) {
                return true;
            }
        }
        return false;
    }

    private List<TypeTarget> withSupertypes(
            List<TypeTarget> named, ClassHeader header, @Nullable ClassLoader loader, @Nullable Class<?> loaded) {
        List<TypeTarget> targets = new ArrayList<>(named);
        Set<String> parents = loaded == null ? supertypes.of(header, loader) : LoadedParents.of(loaded);
        for (String parent : parents) {
            targets.addAll(index.implementing(parent));
        }
        return targets;
    }

    /** Whether a loaded class is one that {@link #transform} would weave, as far as its names tell. */
    boolean wants(Class<?> loaded) {
        if (loaded.isInterface() || loaded.isArray() || loaded.isPrimitive()) {
            return false;
        }
        if (Ignored.loader(loaded.getClassLoader(), agentLoader)) {
            return false;
        }
        String internalName = loaded.getName().replace('.', '/');
        if (index.names(internalName)) {
            return true;
        }
        if (!index.hasSupertypes() || Ignored.name(internalName)) {
            return false;
        }
        for (String parent : LoadedParents.of(loaded)) {
            if (index.wantsImplementations(parent)) {
                return true;
            }
        }
        return false;
    }

    /** Classes offered so far. */
    public long lookedAt() {
        return lookedAt.get();
    }

    /** Classes woven so far; one woven again counts again. */
    public long woven() {
        return woven.get();
    }

    /** Classes that matched and could not be woven. */
    public long failed() {
        return failed.get();
    }

    /** Time spent on the classes that were woven for each hook, by all threads together; hooks without any are left out. */
    public Map<String, Long> nanosByHook() {
        Map<String, Long> spent = new HashMap<>();
        for (Map.Entry<String, AtomicLong> hook : nanosByHook.entrySet()) {
            spent.put(hook.getKey(), hook.getValue().get());
        }
        return spent;
    }

    /** Time spent here, by all threads together. */
    public long nanos() {
        return nanos.get();
    }
}
