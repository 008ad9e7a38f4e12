package dev.headroom.core.weave;

import java.util.Arrays;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** The local variables of a stack map frame, while they are listed (JVMS 4.7.4). For one thread. */
final class Frame {
    private Object[] types;
    private int size;
    private int slots;

    Frame(int expected) {
        types = new Object[expected];
    }

    void add(Object type) {
        if (size == types.length) {
            types = Arrays.copyOf(types, size * 2 + 1);
        }
        types[size++] = type;
        slots += OperandStack.size(type);
    }

    void add(Object[] others, int from, int count) {
        for (int i = from; i < from + count; i++) {
            add(others[i]);
        }
    }

    /** Slots without a value up to this one. */
    void pad(int toSlot) {
        while (slots < toSlot) {
            add(Opcodes.TOP);
        }
    }

    int size() {
        return size;
    }

    Object[] types() {
        return types;
    }

    /** How a frame names a value of this type. */
    static Object typeOf(Type type) {
        switch (type.getSort()) {
            case Type.BOOLEAN:
            case Type.BYTE:
            case Type.CHAR:
            case Type.SHORT:
            case Type.INT:
                return Opcodes.INTEGER;
            case Type.LONG:
                return Opcodes.LONG;
            case Type.FLOAT:
                return Opcodes.FLOAT;
            case Type.DOUBLE:
                return Opcodes.DOUBLE;
            default:
                return type.getInternalName();
        }
    }

    /** The instruction that puts the type's zero on the stack. */
    static int zero(Type type) {
        switch (type.getSort()) {
            case Type.LONG:
                return Opcodes.LCONST_0;
            case Type.FLOAT:
                return Opcodes.FCONST_0;
            case Type.DOUBLE:
                return Opcodes.DCONST_0;
            case Type.ARRAY:
            case Type.OBJECT:
                return Opcodes.ACONST_NULL;
            default:
                return Opcodes.ICONST_0;
        }
    }

    /** The class of the box of a primitive. */
    static String box(Type primitive) {
        switch (primitive.getSort()) {
            case Type.BOOLEAN:
                return "java/lang/Boolean";
            case Type.BYTE:
                return "java/lang/Byte";
            case Type.CHAR:
                return "java/lang/Character";
            case Type.SHORT:
                return "java/lang/Short";
            case Type.INT:
                return "java/lang/Integer";
            case Type.LONG:
                return "java/lang/Long";
            case Type.FLOAT:
                return "java/lang/Float";
            default:
                return "java/lang/Double";
        }
    }
}
