package dev.headroom.harmless;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * A Java agent that makes every probe of Headroom's jar throw: it stands before Headroom and changes the probes' class files as they
 * are loaded. Argument: the {@link Place}, and after a colon the package of the only hooks to be changed.
 */
public final class FaultyProbes implements ClassFileTransformer, Supplier<Throwable> {
    private static final String FAULT = "headroom.test.fault";
    private static final String HOOKS = "dev/headroom/core/hook/";

    /** Where probes throw. */
    enum Place {
        /** enter and mark throw at once. */
        ENTER,
        /** exit and mark throw at once; what enter began is never ended. */
        EXIT,
        /** All do their work and then throw. */
        AFTER
    }

    private final Place place;
    private final String prefix;
    private final AtomicInteger thrown = new AtomicInteger();

    private FaultyProbes(Place place, String prefix) {
        this.place = place;
        this.prefix = prefix;
    }

    public static void premain(String argument, Instrumentation instrumentation) {
        String[] words = argument.split(":");
        FaultyProbes faulty = new FaultyProbes(Place.valueOf(words[0]), HOOKS + (words.length > 1 ? words[1] : ""));
        // The agent's loader sees the JDK only, so what to throw is found there.
        System.getProperties().put(FAULT, faulty);
        instrumentation.addTransformer(faulty);
    }

    @Override
    public Throwable get() {
        int turn = thrown.getAndIncrement();
        return switch (turn % 7) {
            case 0 -> new IllegalStateException("a probe's own mistake");
            case 1 -> new StackOverflowError();
            case 2 -> new OutOfMemoryError("not really");
            case 3 -> new ThreadDeath();
            case 4 -> new NoClassDefFoundError("gone/Missing");
            case 5 -> new IOException("checked");
            default -> new AssertionError("never");
        };
    }

    @Override
    public byte[] transform(
            ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] classFile) {
        if (name == null || !(name.startsWith(prefix) || name.equals(HOOKS + "Probe"))) {
            return null;
        }
        ClassReader reader = OpenedClassReader.of(classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new Throwing(writer, name.startsWith(prefix)), 0);
        return writer.toByteArray();
    }

    private final class Throwing extends ClassVisitor {
        private final boolean wanted;

        Throwing(ClassVisitor next, boolean wanted) {
            super(OpenedClassReader.ASM_API, next);
            this.wanted = wanted;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String generic, String[] thrown) {
            MethodVisitor method = super.visitMethod(access, name, descriptor, generic, thrown);
            boolean enter = (name + descriptor)
                    .equals("enter(Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;");
            boolean exit =
                    (name + descriptor).equals("exit(Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Throwable;)V");
            boolean mark = (name + descriptor).equals("mark(Ljava/lang/Object;J)V");
            if (!wanted || (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_STATIC)) != 0) {
                return method;
            }
            if (place == Place.AFTER) {
                return enter || exit || mark ? new ThrowingAtTheEnd(method) : method;
            }
            if (mark || (place == Place.ENTER ? enter : exit)) {
                method.visitCode();
                throwFault(method);
                method.visitMaxs(2, 4);
                method.visitEnd();
                return null;
            }
            return method;
        }
    }

    private static void throwFault(MethodVisitor method) {
        method.visitMethodInsn(
                Opcodes.INVOKESTATIC, "java/lang/System", "getProperties", "()Ljava/util/Properties;", false);
        method.visitLdcInsn(FAULT);
        method.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, "java/util/Properties", "get", "(Ljava/lang/Object;)Ljava/lang/Object;", false);
        method.visitTypeInsn(Opcodes.CHECKCAST, "java/util/function/Supplier");
        method.visitMethodInsn(
                Opcodes.INVOKEINTERFACE, "java/util/function/Supplier", "get", "()Ljava/lang/Object;", true);
        method.visitTypeInsn(Opcodes.CHECKCAST, "java/lang/Throwable");
        method.visitInsn(Opcodes.ATHROW);
    }

    private static final class ThrowingAtTheEnd extends MethodVisitor {
        ThrowingAtTheEnd(MethodVisitor next) {
            super(OpenedClassReader.ASM_API, next);
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.ARETURN || opcode == Opcodes.RETURN) {
                throwFault(this);
            } else {
                super.visitInsn(opcode);
            }
        }

        @Override
        public void visitMaxs(int stack, int locals) {
            super.visitMaxs(stack + 2, locals);
        }
    }
}
