package dev.headroom.core.hook;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One instrumented library: which methods of which types, with which advice, told to which probes. The weaver, the README's
 * table and the member check are all fed from this declaration. Built once, at start; immutable afterwards.
 */
public abstract class Hook {
    private final String name;
    private final String library;
    private final String versions;
    private final List<TypeTarget> targets = new ArrayList<>();

    /**
     * @param name what {@code headroom.hooks.disabled} calls it
     * @param library Maven coordinates without version, or "JDK"
     * @param versions the range checked by tests, such as "2.9 to 8"
     */
    protected Hook(String name, String library, String versions) {
        this.name = name;
        this.library = library;
        this.versions = versions;
    }

    /** Weaves the class of exactly this name. */
    protected final TypeTarget type(String className) {
        return add(new TypeTarget(className, false));
    }

    /** Weaves every class that implements this interface, directly or not. */
    protected final TypeTarget implementing(String interfaceName) {
        return add(new TypeTarget(interfaceName, true));
    }

    private TypeTarget add(TypeTarget target) {
        targets.add(target);
        return target;
    }

    /** The overload with exactly these parameter types. */
    protected static JoinPoint method(String name, String... parameterTypes) {
        return new JoinPoint(name, parameterTypes);
    }

    /** Every overload of that name declared in the type. */
    protected static JoinPoint anyMethod(String name) {
        return new JoinPoint(name, null);
    }

    /** The binary name of an advice class nested in this hook; named, never loaded by the agent. */
    protected final String nested(String simpleName) {
        return getClass().getName() + "$" + simpleName;
    }

    public String name() {
        return name;
    }

    public String library() {
        return library;
    }

    public String versions() {
        return versions;
    }

    public List<TypeTarget> targets() {
        return Collections.unmodifiableList(targets);
    }

    /** The interface whose package prefix the constant-pool filter looks for, or null when all targets are exact names. */
    public @Nullable String familyPrefix() {
        return null;
    }
}
