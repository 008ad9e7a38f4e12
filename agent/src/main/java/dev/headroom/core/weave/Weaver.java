package dev.headroom.core.weave;

import dev.headroom.core.log.AgentLog;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Weaves a class with {@link Inliner}, and what that refuses with Byte Buddy, whose cold load costs about as much as a small
 * application's start. Thread-safe.
 */
final class Weaver {
    private final Supertypes supertypes;
    private final AgentLog log;
    private final Object lock = new Object();
    private volatile @Nullable Inliner inliner;
    private volatile @Nullable ByteBuddyWeaver byteBuddy;

    Weaver(Supertypes supertypes, AgentLog log) {
        this.supertypes = supertypes;
        this.log = log;
    }

    /** The class file with the advice in it; of several advices for one method the first is the outermost. */
    byte[] weave(ClassHeader header, byte[] classFile, @Nullable ClassLoader loader, List<WovenMethod> methods) {
        try {
            return inliner().weave(classFile, header, loader, methods);
        } catch (IOException | RuntimeException | LinkageError refused) {
            log.warn(header.name().replace('/', '.') + " is woven by Byte Buddy", refused);
            return byteBuddy().weave(header.name(), classFile, loader, methods);
        }
    }

    private Inliner inliner() {
        Inliner ready = inliner;
        if (ready == null) {
            ready = new Inliner(supertypes); // a second one, made by another thread meanwhile, does the same
            inliner = ready;
        }
        return ready;
    }

    private ByteBuddyWeaver byteBuddy() {
        ByteBuddyWeaver ready = byteBuddy;
        if (ready == null) {
            synchronized (lock) {
                ready = byteBuddy;
                if (ready == null) {
                    ready = ByteBuddyWeaver.load();
                    byteBuddy = ready;
                }
            }
        }
        return ready;
    }
}
