package dev.headroom.core.weave;

import dev.headroom.core.hook.HookId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * An advice class, read from its class file and never loaded: it may name types that only the library's loader sees. Understands
 * the annotations of Byte Buddy that the hooks use, and refuses others. Immutable once read; thread-safe.
 */
final class AdviceClass {
    private static final String ADVICE = "Lnet/bytebuddy/asm/Advice$";

    private final ClassReader reader;
    private @Nullable AdviceMethod enter;
    private @Nullable AdviceMethod exit;

    private AdviceClass(ClassReader reader) {
        this.reader = reader;
    }

    /** @throws IllegalStateException if the class says something that is not understood here */
    static AdviceClass read(byte[] classFile) {
        AdviceClass advice = new AdviceClass(new ClassReader(classFile));
        advice.reader.accept(
                advice.new Methods(), ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return advice;
    }

    @Nullable
    AdviceMethod enter() {
        return enter;
    }

    @Nullable
    AdviceMethod exit() {
        return exit;
    }

    /** Plays the code of a method, without its debug information, to a visitor. */
    void code(AdviceMethod method, MethodVisitor target) {
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public @Nullable MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        return name.equals(method.name()) && descriptor.equals(method.descriptor()) ? target : null;
                    }
                },
                ClassReader.SKIP_DEBUG | ClassReader.EXPAND_FRAMES);
    }

    private final class Methods extends ClassVisitor {
        Methods() {
            super(Opcodes.ASM9);
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return new Parameters(name, descriptor);
        }
    }

    private final class Parameters extends MethodVisitor {
        private final String name;
        private final String descriptor;
        private final @Nullable Binding[] bindings;
        private boolean entering;
        private boolean exiting;
        private boolean onThrowable;

        Parameters(String name, String descriptor) {
            super(Opcodes.ASM9);
            this.name = name;
            this.descriptor = descriptor;
            this.bindings = new Binding[Type.getArgumentTypes(descriptor).length];
        }

        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
            entering |= annotation.equals(ADVICE + "OnMethodEnter;");
            exiting |= annotation.equals(ADVICE + "OnMethodExit;");
            if (!entering && !exiting) {
                return null;
            }
            return new AnnotationVisitor(Opcodes.ASM9) {
                private boolean suppressing;

                @Override
                public void visit(String key, Object value) {
                    suppressing |= key.equals("suppress");
                    onThrowable |= key.equals("onThrowable");
                }

                @Override
                public void visitEnd() {
                    if (!suppressing) {
                        throw new IllegalStateException(name + " does not suppress what it may throw");
                    }
                }
            };
        }

        @Override
        public @Nullable AnnotationVisitor visitParameterAnnotation(int parameter, String annotation, boolean visible) {
            if (annotation.equals(Type.getDescriptor(HookId.class))) {
                bind(parameter, new Binding(Binding.Source.HOOK, 0, null));
            } else if (annotation.startsWith(ADVICE)) {
                return new Parameter(parameter, annotation.substring(ADVICE.length(), annotation.length() - 1));
            }
            return null;
        }

        private void bind(int parameter, Binding binding) {
            bindings[parameter] = binding;
        }

        @Override
        public void visitEnd() {
            if (!entering && !exiting) {
                return;
            }
            List<Binding> all = new ArrayList<>();
            for (Binding binding : bindings) {
                if (binding == null) {
                    throw new IllegalStateException(
                            reader.getClassName() + "." + name + ": a parameter comes from nowhere");
                }
                all.add(binding);
            }
            AdviceMethod method = new AdviceMethod(name, descriptor, all, onThrowable);
            if (entering) {
                enter = method;
            } else {
                exit = method;
            }
        }

        private final class Parameter extends AnnotationVisitor {
            private final int parameter;
            private final String kind;
            private int argument;
            private @Nullable String field;

            Parameter(int parameter, String kind) {
                super(Opcodes.ASM9);
                this.parameter = parameter;
                this.kind = kind;
            }

            @Override
            public void visit(String key, Object value) {
                if (key.equals("value") && value instanceof Integer) {
                    argument = (Integer) value;
                } else if (key.equals("value") && value instanceof String) {
                    field = (String) value;
                } else if (!Arrays.asList("optional", "readOnly").contains(key)) {
                    throw new IllegalStateException("@Advice." + kind + " with " + key + " is not understood");
                }
            }

            @Override
            public void visitEnd() {
                bind(parameter, new Binding(source(), argument, field));
            }

            private Binding.Source source() {
                switch (kind) {
                    case "This":
                        return Binding.Source.THIS;
                    case "Argument":
                        return Binding.Source.ARGUMENT;
                    case "FieldValue":
                        return Binding.Source.FIELD;
                    case "Enter":
                        return Binding.Source.ENTER;
                    case "Return":
                        return Binding.Source.RETURN;
                    case "Thrown":
                        return Binding.Source.THROWN;
                    default:
                        throw new IllegalStateException("@Advice." + kind + " is not understood");
                }
            }
        }
    }
}
