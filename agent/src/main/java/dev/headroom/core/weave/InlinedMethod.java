package dev.headroom.core.weave;

import java.util.Arrays;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Writes one method with one advice in it:
 *
 * <pre>
 *   token = null, copies of this and of the arguments that the exit reads
 *   try { token = enter(..) } catch (Throwable t) { }
 *   try { the method's own code; instead of returning: result = .., goto end } catch (Throwable t) { thrown = t }
 *   end: try { exit(..) } catch (Throwable t) { }
 *   if (thrown != null) throw thrown; return result
 * </pre>
 *
 * Everything it adds lives in slots behind the method's own, so the method's own code stays as it is. It gives up on a method that
 * returns with more than its result on the operand stack. For one method and one thread.
 */
final class InlinedMethod extends OperandStack {
    private static final String OBJECT = "java/lang/Object";
    private static final String THROWABLE = "java/lang/Throwable";

    private final WovenMethod method;
    private final AdviceClass advice;
    private final Inliner.Host host;
    private final boolean isStatic;
    private final boolean isConstructor;
    private final Type[] arguments;
    private final Type result;

    private final int base;
    private final int tokenSlot;
    private final int selfSlot;
    private final int[] argumentSlots;
    private final int resultSlot;
    private final int thrownSlot;
    private final int freeSlot;
    private int locals;
    private int stack;
    private boolean exiting;

    private final Label bodyStart = new Label();
    private final Label end = new Label();

    InlinedMethod(MethodVisitor target, WovenMethod method, boolean isStatic, AdviceClass advice, Inliner.Host host) {
        super(target);
        this.method = method;
        this.advice = advice;
        this.host = host;
        this.isStatic = isStatic;
        this.isConstructor = method.name().equals("<init>");
        this.arguments = Type.getArgumentTypes(method.descriptor());
        this.result = Type.getReturnType(method.descriptor());
        AdviceMethod enter = advice.enter();
        AdviceMethod exit = advice.exit();
        if (isConstructor && (enter != null || (exit != null && exit.onThrowable()))) {
            throw new IllegalStateException("a constructor can have an advice at its normal end only");
        }
        base = host.maxLocals(method);
        int slot = base;
        tokenSlot = enter != null && enter.returnsValue() ? slot++ : -1;
        boolean self = exit != null && (exit.uses(Binding.Source.THIS) || exit.uses(Binding.Source.FIELD));
        selfSlot = self && !isStatic && !isConstructor ? slot++ : -1;
        argumentSlots = new int[arguments.length];
        Arrays.fill(argumentSlots, -1);
        if (exit != null) {
            for (Binding binding : exit.bindings()) {
                int argument = binding.argument();
                if (binding.source() == Binding.Source.ARGUMENT
                        && argument < arguments.length
                        && argumentSlots[argument] < 0) {
                    argumentSlots[argument] = slot;
                    slot += arguments[argument].getSize();
                }
            }
        }
        resultSlot = slot;
        slot += exit == null ? 0 : result.getSize();
        thrownSlot = exit != null && exit.onThrowable() ? slot++ : -1;
        freeSlot = slot;
        locals = slot;
    }

    private boolean returnsValue() {
        return result.getSort() != Type.VOID;
    }

    MethodVisitor target() {
        return mv;
    }

    boolean hasFrames() {
        return host.hasFrames();
    }

    void usesLocals(int size) {
        locals = Math.max(locals, size);
    }

    void storeToken() {
        mv.visitVarInsn(Opcodes.ASTORE, tokenSlot);
    }

    @Override
    public void visitCode() {
        super.visitCode();
        AdviceMethod enter = advice.enter();
        if (tokenSlot >= 0) {
            mv.visitInsn(Opcodes.ACONST_NULL);
            storeToken();
        }
        if (selfSlot >= 0) {
            mv.visitVarInsn(Opcodes.ALOAD, 0);
            mv.visitVarInsn(Opcodes.ASTORE, selfSlot);
        }
        for (int i = 0; i < arguments.length; i++) {
            if (argumentSlots[i] >= 0) {
                mv.visitVarInsn(arguments[i].getOpcode(Opcodes.ILOAD), slotOf(i));
                mv.visitVarInsn(arguments[i].getOpcode(Opcodes.ISTORE), argumentSlots[i]);
            }
        }
        if (enter != null) {
            inline(enter);
        }
        if (thrownSlot >= 0) {
            mv.visitLabel(bodyStart);
        }
    }

    /** The advice, with whatever it throws caught and forgotten. */
    private void inline(AdviceMethod part) {
        Label start = new Label();
        Label stop = new Label();
        Label caught = new Label();
        Label done = new Label();
        mv.visitTryCatchBlock(start, stop, caught, THROWABLE);
        mv.visitLabel(start);
        AdviceBody body = new AdviceBody(this, part, freeSlot, done);
        advice.code(part, body);
        stack = Math.max(stack, body.maxStack() + 2);
        mv.visitLabel(stop);
        mv.visitJumpInsn(Opcodes.GOTO, done);
        mv.visitLabel(caught);
        frame(THROWABLE);
        mv.visitInsn(Opcodes.POP);
        mv.visitLabel(done);
        frame();
        mv.visitInsn(Opcodes.NOP);
    }

    /** Puts the value of a parameter of the advice on the stack, as the type it wants. */
    void load(Binding binding, Type wanted) {
        switch (binding.source()) {
            case HOOK:
                loadNumber(method.number());
                break;
            case THIS:
                loadSelf();
                break;
            case ARGUMENT:
                loadArgument(binding.argument(), wanted);
                break;
            case FIELD:
                loadField(String.valueOf(binding.field()), wanted);
                break;
            case ENTER:
                mv.visitVarInsn(Opcodes.ALOAD, tokenSlot);
                break;
            case RETURN:
                if (!returnsValue()) {
                    mv.visitInsn(Opcodes.ACONST_NULL);
                } else {
                    mv.visitVarInsn(result.getOpcode(Opcodes.ILOAD), resultSlot);
                    convert(result, wanted);
                }
                break;
            case THROWN:
                mv.visitVarInsn(Opcodes.ALOAD, thrownSlot);
                break;
        }
    }

    /** Takes a new value from the stack: for the method's result, and for nothing else. */
    void store(Binding binding, Type given) {
        if (binding.source() != Binding.Source.RETURN || !returnsValue()) {
            throw new IllegalStateException("an advice assigns to its parameter");
        }
        convert(given, result);
        mv.visitVarInsn(result.getOpcode(Opcodes.ISTORE), resultSlot);
    }

    private void loadNumber(int number) {
        if (number <= 5) {
            mv.visitInsn(Opcodes.ICONST_0 + number);
        } else {
            mv.visitIntInsn(number <= Byte.MAX_VALUE ? Opcodes.BIPUSH : Opcodes.SIPUSH, number);
        }
    }

    private void loadSelf() {
        if (isStatic) {
            mv.visitInsn(Opcodes.ACONST_NULL);
        } else {
            mv.visitVarInsn(Opcodes.ALOAD, exiting && selfSlot >= 0 ? selfSlot : 0);
        }
    }

    private void loadArgument(int argument, Type wanted) {
        if (argument >= arguments.length) {
            throw new IllegalStateException(method.name() + method.descriptor() + " has no argument " + argument);
        }
        mv.visitVarInsn(
                arguments[argument].getOpcode(Opcodes.ILOAD), exiting ? argumentSlots[argument] : slotOf(argument));
        convert(arguments[argument], wanted);
    }

    private void loadField(String name, Type wanted) {
        Inliner.Field field = host.field(name);
        if (field.isStatic()) {
            mv.visitFieldInsn(Opcodes.GETSTATIC, field.owner(), name, field.descriptor());
        } else {
            loadSelf();
            mv.visitFieldInsn(Opcodes.GETFIELD, field.owner(), name, field.descriptor());
        }
        convert(Type.getType(field.descriptor()), wanted);
    }

    /** A reference of another type is cast: the verifier then needs no type of the library, and a wrong one is caught. */
    private void convert(Type from, Type wanted) {
        boolean reference = from.getSort() >= Type.ARRAY;
        if (reference && wanted.getSort() >= Type.ARRAY) {
            if (!wanted.equals(from) && !wanted.getInternalName().equals(OBJECT)) {
                mv.visitTypeInsn(Opcodes.CHECKCAST, wanted.getInternalName());
            }
        } else if (!reference && wanted.getInternalName().equals(OBJECT)) {
            String box = Frame.box(from);
            mv.visitMethodInsn(
                    Opcodes.INVOKESTATIC, box, "valueOf", "(" + from.getDescriptor() + ")L" + box + ";", false);
        } else if (from.getSort() <= Type.INT && wanted.getSort() == Type.LONG) {
            mv.visitInsn(Opcodes.I2L);
        } else if (!from.equals(wanted)) {
            throw new IllegalStateException(from + " does not fit " + wanted);
        }
    }

    private int slotOf(int argument) {
        int slot = isStatic ? 0 : 1;
        for (int i = 0; i < argument; i++) {
            slot += arguments[i].getSize();
        }
        return slot;
    }

    @Override
    public void visitInsn(int opcode) {
        boolean returns = opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
        if (!returns || advice.exit() == null) {
            super.visitInsn(opcode);
            return;
        }
        if (depth() != UNKNOWN && depth() != result.getSize()) {
            throw new IllegalStateException("returns with more than its result on the stack");
        }
        if (returnsValue()) {
            mv.visitVarInsn(result.getOpcode(Opcodes.ISTORE), resultSlot);
        }
        if (thrownSlot >= 0) {
            mv.visitInsn(Opcodes.ACONST_NULL);
            mv.visitVarInsn(Opcodes.ASTORE, thrownSlot);
        }
        mv.visitJumpInsn(Opcodes.GOTO, end);
        unreachable();
    }

    @Override
    public void visitFrame(int type, int size, Object @Nullable [] local, int stacked, Object @Nullable [] operands) {
        entered(stacked, operands);
        if (!hasFrames() || locals == base) {
            mv.visitFrame(type, size, local, stacked, operands);
            return;
        }
        Frame frame = new Frame(base + size + 8);
        frame.add(local == null ? new Object[0] : local, 0, size);
        frame.pad(base);
        copies(frame);
        mv.visitFrame(Opcodes.F_NEW, frame.size(), frame.types(), stacked, operands == null ? new Object[0] : operands);
    }

    /** What is added and holds a value in all of the method's own code. */
    private void copies(Frame frame) {
        if (tokenSlot >= 0) {
            frame.add(OBJECT);
        }
        if (selfSlot >= 0) {
            frame.add(host.name());
        }
        for (int i = 0; i < arguments.length; i++) {
            if (argumentSlots[i] >= 0) {
                frame.add(Frame.typeOf(arguments[i]));
            }
        }
    }

    /** A frame of the code that is added, with an advice's own variables and operands. */
    void frame(Object[] given, int from, int count, int ownSlots, Object[] operands, int stacked) {
        Frame frame = added();
        if (count > 0) {
            frame.pad(ownSlots);
            frame.add(given, from, count);
        }
        mv.visitFrame(Opcodes.F_NEW, frame.size(), frame.types(), stacked, operands);
    }

    private void frame(Object... operands) {
        if (hasFrames()) {
            frame(new Object[0], 0, 0, 0, operands, operands.length);
        }
    }

    private Frame added() {
        Frame frame = new Frame(base + 16);
        if (!exiting) {
            if (!isStatic) {
                frame.add(host.name());
            }
            for (Type argument : arguments) {
                frame.add(Frame.typeOf(argument));
            }
        } else if (isConstructor) {
            frame.add(host.name());
        }
        frame.pad(base);
        copies(frame);
        if (exiting) {
            if (returnsValue()) {
                frame.add(Frame.typeOf(result));
            }
            if (thrownSlot >= 0) {
                frame.add(THROWABLE);
            }
        }
        return frame;
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        if (maxLocals != base) {
            throw new IllegalStateException("locals are " + maxLocals + ", read as " + base);
        }
        if (advice.exit() != null) {
            exit(advice.exit());
        }
        mv.visitMaxs(Math.max(maxStack + 1, stack), locals);
    }

    private void exit(AdviceMethod exit) {
        if (thrownSlot >= 0) {
            caught();
        }
        exiting = true;
        mv.visitLabel(end);
        frame();
        inline(exit);
        if (thrownSlot >= 0) {
            Label normal = new Label();
            mv.visitVarInsn(Opcodes.ALOAD, thrownSlot);
            mv.visitJumpInsn(Opcodes.IFNULL, normal);
            mv.visitVarInsn(Opcodes.ALOAD, thrownSlot);
            mv.visitInsn(Opcodes.ATHROW);
            mv.visitLabel(normal);
            frame();
        }
        if (returnsValue()) {
            mv.visitVarInsn(result.getOpcode(Opcodes.ILOAD), resultSlot);
        }
        mv.visitInsn(result.getOpcode(Opcodes.IRETURN));
        stack = Math.max(stack, 2);
    }

    /** The method's own code threw: last in the table, so that its own handlers come first. */
    private void caught() {
        Label handler = new Label();
        mv.visitTryCatchBlock(bodyStart, handler, handler, THROWABLE);
        mv.visitLabel(handler);
        if (hasFrames()) {
            Frame frame = new Frame(base + 8);
            frame.pad(base);
            copies(frame);
            mv.visitFrame(Opcodes.F_NEW, frame.size(), frame.types(), 1, new Object[] {THROWABLE});
        }
        mv.visitVarInsn(Opcodes.ASTORE, thrownSlot);
        if (returnsValue()) {
            mv.visitInsn(Frame.zero(result));
            mv.visitVarInsn(result.getOpcode(Opcodes.ISTORE), resultSlot);
        }
    }
}
