package dev.headroom.core.weave;

import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Copies the code of an advice into the method that is being woven: parameters become the values they stand for, the advice's own
 * variables get slots behind the method's, {@code return} leads to the end of the advice. For one copy and one thread.
 */
final class AdviceBody extends MethodVisitor {
    private final InlinedMethod host;
    private final AdviceMethod advice;
    private final int ownSlots;
    private final Label end;
    private boolean returned;
    private int maxStack;

    /**
     * @param ownSlots the first free slot
     * @param end where the advice ends; the caller visits it
     */
    AdviceBody(InlinedMethod host, AdviceMethod advice, int ownSlots, Label end) {
        super(Opcodes.ASM9, host.target());
        this.host = host;
        this.advice = advice;
        this.ownSlots = ownSlots;
        this.end = end;
    }

    int maxStack() {
        return maxStack;
    }

    private int own(int slot) {
        return slot - advice.parameterSlots() + ownSlots;
    }

    /** A return in the middle jumps to the end; the last one simply goes on. */
    private void unlessReturned() {
        if (returned) {
            returned = false;
            mv.visitJumpInsn(Opcodes.GOTO, end);
        }
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        return null;
    }

    @Override
    public @Nullable AnnotationVisitor visitParameterAnnotation(int parameter, String descriptor, boolean visible) {
        return null;
    }

    @Override
    public void visitAnnotableParameterCount(int count, boolean visible) {}

    @Override
    public void visitCode() {}

    @Override
    public void visitEnd() {}

    @Override
    public void visitMaxs(int stack, int locals) {
        maxStack = stack;
        host.usesLocals(own(locals));
    }

    @Override
    public void visitFrame(int type, int locals, Object @Nullable [] local, int stacked, Object @Nullable [] stack) {
        unlessReturned();
        if (!host.hasFrames()) {
            return;
        }
        Object[] given = local == null ? new Object[0] : local;
        int parameters = Math.min(advice.parameters(), locals);
        host.frame(given, parameters, locals - parameters, ownSlots, stack == null ? new Object[0] : stack, stacked);
    }

    @Override
    public void visitInsn(int opcode) {
        unlessReturned();
        if (opcode == Opcodes.RETURN) {
            returned = true;
        } else if (opcode == Opcodes.ARETURN) {
            host.storeToken();
            returned = true;
        } else if (opcode > Opcodes.ARETURN - 5 && opcode < Opcodes.ARETURN) {
            throw new IllegalStateException("an advice returns an object or nothing");
        } else {
            mv.visitInsn(opcode);
        }
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        unlessReturned();
        if (variable >= advice.parameterSlots()) {
            mv.visitVarInsn(opcode, own(variable));
            return;
        }
        int parameter = advice.parameterAt(variable);
        if (opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE) {
            host.store(advice.bindings().get(parameter), advice.type(parameter));
        } else {
            host.load(advice.bindings().get(parameter), advice.type(parameter));
        }
    }

    @Override
    public void visitIincInsn(int variable, int by) {
        unlessReturned();
        if (variable < advice.parameterSlots()) {
            throw new IllegalStateException("an advice assigns to its parameter");
        }
        mv.visitIincInsn(own(variable), by);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        unlessReturned();
        mv.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        unlessReturned();
        mv.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        unlessReturned();
        mv.visitFieldInsn(opcode, owner, name, descriptor);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        unlessReturned();
        mv.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        unlessReturned();
        mv.visitJumpInsn(opcode, label);
    }

    @Override
    public void visitLabel(Label label) {
        unlessReturned();
        mv.visitLabel(label);
    }

    @Override
    public void visitLdcInsn(Object value) {
        unlessReturned();
        mv.visitLdcInsn(value);
    }
}
