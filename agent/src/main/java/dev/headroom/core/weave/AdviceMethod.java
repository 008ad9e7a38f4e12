package dev.headroom.core.weave;

import java.util.List;
import net.bytebuddy.jar.asm.Type;

/** The enter or the exit method of an advice class: where its parameters come from, and what it may do. Immutable. */
final class AdviceMethod {
    private final String name;
    private final String descriptor;
    private final List<Binding> bindings;
    private final boolean onThrowable;
    private final Type[] types;

    AdviceMethod(String name, String descriptor, List<Binding> bindings, boolean onThrowable) {
        this.name = name;
        this.descriptor = descriptor;
        this.bindings = bindings;
        this.onThrowable = onThrowable;
        this.types = Type.getArgumentTypes(descriptor);
    }

    String name() {
        return name;
    }

    String descriptor() {
        return descriptor;
    }

    /** One for each parameter. */
    List<Binding> bindings() {
        return bindings;
    }

    Type type(int parameter) {
        return types[parameter];
    }

    int parameters() {
        return types.length;
    }

    /** Slots of local variables that the parameters take in the advice's own code. */
    int parameterSlots() {
        int slots = 0;
        for (Type type : types) {
            slots += type.getSize();
        }
        return slots;
    }

    /** The parameter whose value is in that slot, or -1: a variable of the advice's own. */
    int parameterAt(int slot) {
        int at = 0;
        for (int i = 0; i < types.length; i++) {
            if (at == slot) {
                return i;
            }
            at += types[i].getSize();
        }
        return -1;
    }

    boolean returnsValue() {
        return !descriptor.endsWith("V");
    }

    /** An exit method that also runs when the woven method throws. */
    boolean onThrowable() {
        return onThrowable;
    }

    boolean uses(Binding.Source source) {
        for (Binding binding : bindings) {
            if (binding.source() == source) {
                return true;
            }
        }
        return false;
    }
}
