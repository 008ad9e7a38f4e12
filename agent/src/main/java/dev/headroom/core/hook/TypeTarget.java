package dev.headroom.core.hook;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A type to weave, by its own name or by an interface it implements, with groups of join points. Of each group the first join
 * point applies whose method and needed members are all there.
 */
public final class TypeTarget {
    private final String typeName;
    private final boolean bySupertype;
    private final List<List<JoinPoint>> groups = new ArrayList<>();

    TypeTarget(String typeName, boolean bySupertype) {
        this.typeName = typeName;
        this.bySupertype = bySupertype;
    }

    /** Each of these is woven where it applies. */
    public TypeTarget weave(JoinPoint... each) {
        for (JoinPoint point : each) {
            groups.add(Collections.singletonList(point));
        }
        return this;
    }

    /** The first of these that applies is woven. */
    public TypeTarget firstOf(JoinPoint... alternatives) {
        groups.add(Collections.unmodifiableList(Arrays.asList(alternatives)));
        return this;
    }

    public String typeName() {
        return typeName;
    }

    /** True: every class that implements {@link #typeName}; false: the class of that name. */
    public boolean bySupertype() {
        return bySupertype;
    }

    public List<List<JoinPoint>> groups() {
        return groups;
    }
}
