package dev.headroom.core.weave;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Inlines advice into methods with nothing but a reader and a writer of class files: what an application pays at its start. It
 * does what the hooks need and refuses the rest, which {@link ByteBuddyWeaver} then does.
 *
 * <p>Thread-safe. Adds no field, method or interface, so that loaded classes can be woven too.
 */
final class Inliner {
    /** Offset of the major version in a class file. */
    private static final int MAJOR_VERSION = 7;

    /** From here on methods carry stack map frames. */
    private static final int FIRST_WITH_FRAMES = 50;

    private final Supertypes supertypes;
    private final Map<String, AdviceClass> advices = new ConcurrentHashMap<>();

    Inliner(Supertypes supertypes) {
        this.supertypes = supertypes;
    }

    /**
     * The class file with the advice in it.
     *
     * @param methods what to weave; of several advices for one method the first is the outermost
     * @throws IllegalStateException if a method or an advice is of a form that is not understood here
     */
    byte[] weave(byte[] classFile, ClassHeader header, @Nullable ClassLoader loader, List<WovenMethod> methods)
            throws IOException {
        List<WovenMethod> waiting = new ArrayList<>(methods);
        byte[] result = pass(classFile, header, loader, lastOfEach(waiting));
        while (!waiting.isEmpty()) {
            result = pass(result, ClassHeader.read(result), loader, lastOfEach(waiting));
        }
        return result;
    }

    /** Takes one advice for each method out of the list; the later is woven first and ends up inside. */
    private static List<WovenMethod> lastOfEach(List<WovenMethod> waiting) {
        List<WovenMethod> taken = new ArrayList<>();
        for (int i = waiting.size() - 1; i >= 0; i--) {
            if (find(taken, waiting.get(i).name(), waiting.get(i).descriptor()) == null) {
                taken.add(waiting.remove(i));
            }
        }
        return taken;
    }

    private static @Nullable WovenMethod find(List<WovenMethod> methods, String name, String descriptor) {
        for (WovenMethod method : methods) {
            if (method.name().equals(name) && method.descriptor().equals(descriptor)) {
                return method;
            }
        }
        return null;
    }

    private byte[] pass(byte[] classFile, ClassHeader header, @Nullable ClassLoader loader, List<WovenMethod> methods) {
        int version = classFile[MAJOR_VERSION] & 0xFF;
        int known = Math.min(version, Opcodes.V28 & 0xFF);
        byte[] readable = classFile;
        if (known != version) {
            // Class files change less often than their number: what is new in them is refused by the reader.
            readable = classFile.clone();
            readable[MAJOR_VERSION] = (byte) known;
        }
        ClassReader reader = new ClassReader(readable);
        ClassWriter writer = new ClassWriter(reader, 0);
        Host host = new Host(header, loader, version >= FIRST_WITH_FRAMES);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public @Nullable MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        MethodVisitor target = super.visitMethod(access, name, descriptor, signature, exceptions);
                        WovenMethod method = find(methods, name, descriptor);
                        return method == null || target == null
                                ? target
                                : new InlinedMethod(
                                        target,
                                        method,
                                        (access & Opcodes.ACC_STATIC) != 0,
                                        advice(method.adviceClass()),
                                        host);
                    }
                },
                ClassReader.EXPAND_FRAMES);
        byte[] woven = writer.toByteArray();
        woven[MAJOR_VERSION] = (byte) version;
        return woven;
    }

    private AdviceClass advice(String name) {
        AdviceClass advice = advices.get(name);
        if (advice == null) {
            advice = AdviceClass.read(bytes(name));
            advices.put(name, advice);
        }
        return advice;
    }

    private static byte[] bytes(String className) {
        ClassLoader own = Inliner.class.getClassLoader();
        String resource = className.replace('.', '/') + ".class";
        try (InputStream in =
                own == null ? ClassLoader.getSystemResourceAsStream(resource) : own.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("advice " + className + " is missing");
            }
            return ClassBytes.of(in);
        } catch (IOException unreadable) {
            throw new IllegalStateException("advice " + className + " cannot be read", unreadable);
        }
    }

    /** What an advice may know of the class it is woven into. */
    final class Host {
        private final ClassHeader header;
        private final @Nullable ClassLoader loader;
        private final boolean frames;

        Host(ClassHeader header, @Nullable ClassLoader loader, boolean frames) {
            this.header = header;
            this.loader = loader;
            this.frames = frames;
        }

        /** Internal name. */
        String name() {
            return header.name();
        }

        boolean hasFrames() {
            return frames;
        }

        int maxLocals(WovenMethod method) {
            return header.maxLocals(method.name(), method.descriptor());
        }

        /** The field of that name, declared here or inherited. */
        Field field(String name) {
            ClassHeader declaring = header;
            while (declaring != null) {
                ClassHeader.Member member = declaring.field(name);
                if (member != null && (declaring == header || !member.isPrivate())) {
                    return new Field(declaring.name(), member);
                }
                String parent = declaring.superName();
                declaring = parent == null ? null : supertypes.find(parent, loader);
            }
            throw new IllegalStateException(header.name() + " has no field " + name);
        }
    }

    /** A field as code names it. Immutable. */
    static final class Field {
        private final String owner;
        private final ClassHeader.Member member;

        Field(String owner, ClassHeader.Member member) {
            this.owner = owner;
            this.member = member;
        }

        String owner() {
            return owner;
        }

        String descriptor() {
            return member.descriptor();
        }

        boolean isStatic() {
            return member.isStatic();
        }
    }
}
