package dev.headroom.core.weave;

import java.util.Arrays;
import java.util.IdentityHashMap;
import net.bytebuddy.jar.asm.ConstantDynamic;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Follows how deep the operand stack of a method is. A method may return with more on its stack than the value it returns; what is
 * to run before the return must know. For one method and one thread.
 */
class OperandStack extends MethodVisitor {
    /** Not known: the instruction cannot be reached, or only by a way not seen yet. */
    static final int UNKNOWN = -1;

    /** Change of depth by each instruction that says all by its opcode (JVMS 6.5). */
    private static final byte[] CHANGES = changes();

    private final IdentityHashMap<Label, Integer> depths = new IdentityHashMap<>();
    private int depth;

    OperandStack(MethodVisitor next) {
        super(Opcodes.ASM9, next);
    }

    /** Slots in use before the next instruction, or {@link #UNKNOWN}. */
    final int depth() {
        return depth;
    }

    /** What follows is reached by a jump only. */
    final void unreachable() {
        depth = UNKNOWN;
    }

    /** A stack map frame says what is on the stack. */
    final void entered(int stacked, Object @Nullable [] stack) {
        depth = 0;
        for (int i = 0; i < stacked; i++) {
            depth += size(stack == null ? Opcodes.TOP : stack[i]);
        }
    }

    private void change(int by) {
        if (depth != UNKNOWN) {
            depth += by;
        }
    }

    private void reaches(Label label) {
        if (depth != UNKNOWN) {
            depths.put(label, depth);
        }
    }

    private void changeBy(int opcode) {
        change(CHANGES[opcode]);
    }

    @Override
    public void visitInsn(int opcode) {
        super.visitInsn(opcode);
        if ((opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) || opcode == Opcodes.ATHROW) {
            depth = UNKNOWN;
        } else {
            change(CHANGES[opcode]);
        }
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        if (opcode != Opcodes.NEWARRAY) {
            change(1);
        }
        super.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        changeBy(opcode);
        super.visitVarInsn(opcode, variable);
        if (opcode == Opcodes.RET) {
            depth = UNKNOWN;
        }
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        if (opcode == Opcodes.NEW) {
            change(1);
        }
        super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        int size = Type.getType(descriptor).getSize();
        switch (opcode) {
            case Opcodes.GETSTATIC:
                change(size);
                break;
            case Opcodes.PUTSTATIC:
                change(-size);
                break;
            case Opcodes.GETFIELD:
                change(size - 1);
                break;
            default:
                change(-size - 1);
        }
        super.visitFieldInsn(opcode, owner, name, descriptor);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        invoked(descriptor, opcode == Opcodes.INVOKESTATIC);
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
        invoked(descriptor, true);
        super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
    }

    private void invoked(String descriptor, boolean withoutReceiver) {
        int sizes = Type.getArgumentsAndReturnSizes(descriptor);
        change((sizes & 3) - (sizes >> 2) + (withoutReceiver ? 1 : 0));
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        changeBy(opcode);
        if (opcode == Opcodes.JSR) {
            change(1);
            reaches(label);
            change(-1);
        } else {
            reaches(label);
        }
        if (opcode == Opcodes.GOTO) {
            depth = UNKNOWN;
        }
        super.visitJumpInsn(opcode, label);
    }

    @Override
    public void visitLdcInsn(Object value) {
        boolean wide = value instanceof Long
                || value instanceof Double
                || (value instanceof ConstantDynamic && ((ConstantDynamic) value).getSize() == 2);
        change(wide ? 2 : 1);
        super.visitLdcInsn(value);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
        switched(otherwise, labels);
        super.visitTableSwitchInsn(min, max, otherwise, labels);
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
        switched(otherwise, labels);
        super.visitLookupSwitchInsn(otherwise, keys, labels);
    }

    private void switched(Label otherwise, Label[] labels) {
        change(-1);
        reaches(otherwise);
        for (Label label : labels) {
            reaches(label);
        }
        depth = UNKNOWN;
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
        change(1 - dimensions);
        super.visitMultiANewArrayInsn(descriptor, dimensions);
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
        depths.put(handler, 1);
        super.visitTryCatchBlock(start, end, handler, type);
    }

    @Override
    public void visitLabel(Label label) {
        Integer known = depths.get(label);
        if (known != null) {
            depth = known;
        }
        super.visitLabel(label);
    }

    @Override
    public void visitFrame(int type, int locals, Object @Nullable [] local, int stacked, Object @Nullable [] stack) {
        entered(stacked, stack);
        super.visitFrame(type, locals, local, stacked, stack);
    }

    /** Slots of a value as a stack map frame names it. */
    static int size(Object verificationType) {
        return verificationType == Opcodes.LONG || verificationType == Opcodes.DOUBLE ? 2 : 1;
    }

    private static byte[] changes() {
        byte[] changes = new byte[200];
        set(changes, 1, Opcodes.ACONST_NULL, Opcodes.DCONST_1);
        wide(changes, 2, Opcodes.LCONST_0, Opcodes.LCONST_1, Opcodes.DCONST_0, Opcodes.DCONST_1);
        set(changes, 1, Opcodes.ILOAD, Opcodes.ALOAD);
        wide(changes, 2, Opcodes.LLOAD, Opcodes.DLOAD);
        set(changes, -1, Opcodes.IALOAD, Opcodes.SALOAD);
        wide(changes, 0, Opcodes.LALOAD, Opcodes.DALOAD);
        set(changes, -1, Opcodes.ISTORE, Opcodes.ASTORE);
        wide(changes, -2, Opcodes.LSTORE, Opcodes.DSTORE);
        set(changes, -3, Opcodes.IASTORE, Opcodes.SASTORE);
        wide(changes, -4, Opcodes.LASTORE, Opcodes.DASTORE);
        changes[Opcodes.POP] = -1;
        changes[Opcodes.POP2] = -2;
        set(changes, 1, Opcodes.DUP, Opcodes.DUP_X2);
        set(changes, 2, Opcodes.DUP2, Opcodes.DUP2_X2);
        for (int opcode = Opcodes.IADD; opcode <= Opcodes.DREM; opcode++) {
            changes[opcode] = (byte) ((opcode - Opcodes.IADD) % 2 == 0 ? -1 : -2);
        }
        set(changes, -1, Opcodes.ISHL, Opcodes.LXOR);
        wide(changes, -2, Opcodes.LAND, Opcodes.LOR, Opcodes.LXOR);
        wide(changes, 1, Opcodes.I2L, Opcodes.I2D, Opcodes.F2L, Opcodes.F2D);
        wide(changes, -1, Opcodes.L2I, Opcodes.L2F, Opcodes.D2I, Opcodes.D2F);
        wide(changes, -3, Opcodes.LCMP, Opcodes.DCMPL, Opcodes.DCMPG);
        wide(changes, -1, Opcodes.FCMPL, Opcodes.FCMPG);
        set(changes, -1, Opcodes.IFEQ, Opcodes.IFLE);
        set(changes, -2, Opcodes.IF_ICMPEQ, Opcodes.IF_ACMPNE);
        set(changes, -1, Opcodes.MONITORENTER, Opcodes.MONITOREXIT);
        set(changes, -1, Opcodes.IFNULL, Opcodes.IFNONNULL);
        return changes;
    }

    private static void set(byte[] changes, int by, int first, int last) {
        Arrays.fill(changes, first, last + 1, (byte) by);
    }

    private static void wide(byte[] changes, int by, int... opcodes) {
        for (int opcode : opcodes) {
            changes[opcode] = (byte) by;
        }
    }
}
