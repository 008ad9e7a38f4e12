package dev.headroom.core.weave;

import dev.headroom.core.hook.JoinPoint;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether all that an advice touches is there, in the library's version at hand. An advice woven without this would fail
 * to link inside the application. Thread-safe.
 */
final class MemberCheck {
    private final Supertypes supertypes;

    MemberCheck(Supertypes supertypes) {
        this.supertypes = supertypes;
    }

    /** @param woven the class that is about to get the advice; it may itself be what is needed */
    boolean satisfied(JoinPoint point, ClassHeader woven, @Nullable ClassLoader loader) {
        for (JoinPoint.Member member : point.needs()) {
            if (!present(member, woven, loader)) {
                return false;
            }
        }
        return true;
    }

    private boolean present(JoinPoint.Member member, ClassHeader woven, @Nullable ClassLoader loader) {
        String type = member.type().replace('.', '/');
        ClassHeader header = type.equals(woven.name()) ? woven : supertypes.find(type, loader);
        String name = member.name();
        if (header == null || name == null || header.declares(name)) {
            return header != null;
        }
        for (String parent : supertypes.of(header, loader)) {
            // What the JDK's types have is on every version, and not read, see JdkParents; no hook needs it of a
            // library's type.
            ClassHeader inherited = JdkParents.ofTheJdk(parent) ? null : supertypes.find(parent, loader);
            if (inherited != null && inherited.declares(name)) {
                return true;
            }
        }
        return false;
    }
}
