package dev.headroom.core.hook;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method to weave and what to weave into it. Parameter types are given as in Java source, {@code byte[][]} included; null
 * means every overload. Immutable once its hook is built.
 */
public final class JoinPoint {
    private final String method;
    private final @Nullable List<String> parameterTypes;
    private final List<Member> needs = new ArrayList<>();
    private String adviceClass = "";
    private @Nullable Probe probe;

    JoinPoint(String method, String @Nullable [] parameterTypes) {
        this.method = method;
        this.parameterTypes =
                parameterTypes == null ? null : Collections.unmodifiableList(Arrays.asList(parameterTypes));
    }

    /** A member that the advice touches; where it is missing the join point is not woven. {@code name} null: the type alone. */
    public JoinPoint needs(String type, @Nullable String name) {
        needs.add(new Member(type, name));
        return this;
    }

    /** @param binaryName name of the advice class, such as {@code JedisHook.class.getName() + "$SendBytes"} */
    public JoinPoint advice(String binaryName) {
        adviceClass = binaryName;
        return this;
    }

    public JoinPoint probe(Probe target) {
        probe = target;
        return this;
    }

    public String method() {
        return method;
    }

    public @Nullable List<String> parameterTypes() {
        return parameterTypes;
    }

    public List<Member> needs() {
        return needs;
    }

    public String adviceClass() {
        return adviceClass;
    }

    public Probe probe() {
        if (probe == null) {
            throw new IllegalStateException(method + " has no probe");
        }
        return probe;
    }

    /** A type, or a field or method of it by name. */
    public static final class Member {
        private final String type;
        private final @Nullable String name;

        Member(String type, @Nullable String name) {
            this.type = type;
            this.name = name;
        }

        public String type() {
            return type;
        }

        public @Nullable String name() {
            return name;
        }
    }
}
