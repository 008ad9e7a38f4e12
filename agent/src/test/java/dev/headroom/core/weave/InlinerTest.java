package dev.headroom.core.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.HookId;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Byte Buddy is the judge: what it and the inliner make of a method does the same and tells the probe the same. */
class InlinerTest {
    private static final String NESTED = InlinerTest.class.getName() + "$";

    private final Inliner inliner = new Inliner(new Supertypes());

    static Stream<Method> everyShape() {
        return Arrays.stream(Shapes.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .sorted(Comparator.comparing(Method::getName));
    }

    @ParameterizedTest
    @MethodSource("everyShape")
    void doesAndTellsWhatByteBuddyDoesAndTells(Method shape) throws Exception {
        byte[] plain = ClassHeaderTest.classFile(Shapes.class);
        for (String advice :
                List.of(Advices.TIMED, Advices.CALLED, NESTED + "Loop", NESTED + "Fields", NESTED + "Arguments")) {
            if (advice.endsWith("Arguments") && shape.getParameterCount() == 0) {
                continue;
            }
            List<WovenMethod> methods = List.of(woven(plain, shape.getName(), 3, advice));
            List<String> unwoven = transcript(plain, shape);
            List<String> ours = transcript(inline(plain, methods), shape);
            List<String> byteBuddy = transcript(
                    ByteBuddyWeaver.load()
                            .weave(
                                    ClassHeader.read(plain).name(),
                                    plain,
                                    getClass().getClassLoader(),
                                    methods),
                    shape);
            assertThat(withoutSlots(ours))
                    .as(shape.getName() + " with " + advice)
                    .isEqualTo(withoutSlots(byteBuddy));
            assertThat(ours).filteredOn(line -> line.startsWith("result")).isEqualTo(unwoven);
            assertThat(ours).as("the probe was told").hasSizeGreaterThan(unwoven.size());
        }
    }

    @Test
    void theFirstOfTwoAdvicesIsTheOuter() throws Exception {
        byte[] plain = ClassHeaderTest.classFile(Shapes.class);
        byte[] woven = inline(
                plain,
                List.of(woven(plain, "intResult", 1, Advices.TIMED), woven(plain, "intResult", 2, Advices.TIMED)));
        assertThat(transcript(woven, Shapes.class.getDeclaredMethod("intResult", int.class)))
                .filteredOn(line -> !line.startsWith("result"))
                .startsWith("enter 1", "enter 2", "exit 2 7 null", "exit 1 7 null");
    }

    @Test
    void anAdviceMayReplaceTheResultAndNothingElse() throws Exception {
        byte[] plain = ClassHeaderTest.classFile(Shapes.class);
        for (String[] each : new String[][] {{"intResult", "Increased"}, {"text", "Replaced"}}) {
            Method shape = everyShape()
                    .filter(method -> method.getName().equals(each[0]))
                    .findFirst()
                    .orElseThrow();
            List<WovenMethod> methods = List.of(woven(plain, each[0], 3, NESTED + each[1]));
            ClassLoader loader = getClass().getClassLoader();
            assertThat(transcript(inline(plain, methods), shape))
                    .isEqualTo(transcript(
                            ByteBuddyWeaver.load().weave(ClassHeader.read(plain).name(), plain, loader, methods),
                            shape))
                    .isNotEqualTo(transcript(plain, shape));
        }
        assertThatThrownBy(() -> inline(plain, List.of(woven(plain, "intResult", 3, NESTED + "Meddling"))))
                .hasMessageContaining("assigns to its parameter");
    }

    @Test
    void aConstructorTellsAtItsEnd() throws Exception {
        byte[] plain = ClassHeaderTest.classFile(Built.class);
        byte[] woven = inline(plain, List.of(woven(plain, "<init>", 4, Advices.RETURNED)));
        List<String> lines = new ArrayList<>();
        try (Told told = new Told(lines)) {
            Constructor<?> constructor = define(woven).getDeclaredConstructor(boolean.class);
            constructor.setAccessible(true);
            constructor.newInstance(true);
            assertThatThrownBy(() -> constructor.newInstance(false)).isInstanceOf(InvocationTargetException.class);
        }
        assertThat(lines).containsExactly("exit 4 null null");
    }

    @Test
    void refusesWhatItDoesNotUnderstand() throws Exception {
        byte[] plain = ClassHeaderTest.classFile(Built.class);
        assertThatThrownBy(() -> inline(plain, List.of(woven(plain, "<init>", 4, Advices.TIMED))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("constructor");
        assertThatThrownBy(() -> inline(plain, List.of(woven(plain, "open", 4, NESTED + "Unsuppressed"))))
                .hasMessageContaining("does not suppress");
        assertThatThrownBy(() -> inline(plain, List.of(woven(plain, "open", 4, NESTED + "NoField"))))
                .hasMessageContaining("no field nowhere");
        byte[] crowded = crowdedReturn(Opcodes.V1_8);
        assertThatThrownBy(() -> inline(crowded, List.of(woven(crowded, "crowded", 4, Advices.TIMED))))
                .hasMessageContaining("more than its result on the stack");
    }

    @Test
    void weavesClassFilesOfJava14WithSubroutines() throws Exception {
        byte[] old = subroutine();
        byte[] woven = inline(old, List.of(woven(old, "old", 0, Advices.TIMED)));
        List<String> lines = new ArrayList<>();
        try (Told told = new Told(lines)) {
            Object result = define(woven).getMethod("old", int.class).invoke(null, 20);
            assertThat(result).isEqualTo(42);
        }
        assertThat(lines).containsExactly("enter 0", "exit 0 42 null");
    }

    @Test
    void readsClassFilesNewerThanItKnows() throws Exception {
        byte[] plain = ClassHeaderTest.classFile(Shapes.class);
        byte[] newer = plain.clone();
        newer[7] = 99;
        byte[] woven = inline(newer, List.of(woven(plain, "intResult", 1, Advices.TIMED)));
        assertThat(woven[7]).isEqualTo((byte) 99);
        woven[7] = plain[7];
        assertThat(transcript(woven, Shapes.class.getDeclaredMethod("intResult", int.class)))
                .contains("enter 1");
    }

    private byte[] inline(byte[] plain, List<WovenMethod> methods) throws IOException {
        return inliner.weave(plain, ClassHeader.read(plain), getClass().getClassLoader(), methods);
    }

    private static WovenMethod woven(byte[] plain, String name, int number, String advice) throws IOException {
        for (ClassHeader.Member method : ClassHeader.read(plain).methods()) {
            if (method.name().equals(name)) {
                return new WovenMethod(method, number, advice);
            }
        }
        throw new IllegalArgumentException(name);
    }

    /** What a call with each of some arguments gives, and what the probe was told meanwhile. */
    private static List<String> transcript(byte[] classFile, Method shape) throws Exception {
        List<String> lines = new ArrayList<>();
        Class<?> type = define(classFile);
        Method method = type.getDeclaredMethod(shape.getName(), shape.getParameterTypes());
        method.setAccessible(true);
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object self = constructor.newInstance();
        try (Told told = new Told(lines)) {
            for (int value : new int[] {7, 0, -1}) {
                Object[] arguments = Arrays.stream(shape.getParameterTypes())
                        .map(parameter -> argument(parameter, value))
                        .toArray();
                try {
                    Object result = method.invoke(self, arguments);
                    lines.add("result " + (result instanceof int[] ints ? Arrays.toString(ints) : result));
                } catch (InvocationTargetException thrown) {
                    lines.add("result thrown " + thrown.getCause());
                }
            }
        }
        return lines;
    }

    /** Byte Buddy moves a method's variables, and the JVM names their slots when one of them is null. */
    private static List<String> withoutSlots(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceAll("<local\\d+>", "<local>"))
                .toList();
    }

    private static Object argument(Class<?> type, int value) {
        if (type == int.class) {
            return value;
        } else if (type == long.class) {
            return (long) value;
        } else if (type == double.class) {
            return (double) value;
        }
        return value < 0 ? null : "s" + value;
    }

    private static Class<?> define(byte[] classFile) {
        return new ClassLoader(InlinerTest.class.getClassLoader()) {
            Class<?> define() {
                return defineClass(null, classFile, 0, classFile.length);
            }
        }.define();
    }

    /** A method that returns with one value too many on its stack, as some compilers make it. */
    private static byte[] crowdedReturn(int version) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(version, Opcodes.ACC_PUBLIC, "Crowded", null, "java/lang/Object", null);
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "crowded", "()I", null, null);
        code.visitCode();
        code.visitInsn(Opcodes.ICONST_1);
        code.visitInsn(Opcodes.ICONST_2);
        code.visitInsn(Opcodes.IRETURN);
        code.visitMaxs(2, 0);
        code.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** {@code int old(int n)}: adds one to n in a subroutine and doubles it. */
    private static byte[] subroutine() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V1_4, Opcodes.ACC_PUBLIC, "Old", null, "java/lang/Object", null);
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "old", "(I)I", null, null);
        Label addOne = new Label();
        code.visitCode();
        code.visitJumpInsn(Opcodes.JSR, addOne);
        code.visitVarInsn(Opcodes.ILOAD, 0);
        code.visitInsn(Opcodes.ICONST_2);
        code.visitInsn(Opcodes.IMUL);
        code.visitInsn(Opcodes.IRETURN);
        code.visitLabel(addOne);
        code.visitVarInsn(Opcodes.ASTORE, 1);
        code.visitIincInsn(0, 1);
        code.visitVarInsn(Opcodes.RET, 1);
        code.visitMaxs(2, 2);
        code.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** Writes down what woven code says. */
    private static final class Told extends HeadroomBridge implements AutoCloseable {
        private final List<String> lines;

        Told(List<String> lines) {
            this.lines = lines;
            HeadroomBridge.live = this;
        }

        @Override
        public Object enter(int hook, Object self, Object a, Object b) {
            lines.add("enter " + hook + text(a) + text(b));
            return "null".equals(a) ? null : "token";
        }

        @Override
        public void exit(int hook, Object token, Object result, Throwable thrown) {
            lines.add("exit " + hook + " " + (result instanceof int[] ints ? Arrays.toString(ints) : result) + " "
                    + thrown);
        }

        @Override
        public void mark(int hook, Object self, long value) {
            lines.add("mark " + hook + " " + value);
        }

        @Override
        public void close() {
            HeadroomBridge.live = HeadroomBridge.OFF;
        }

        private static String text(Object value) {
            return value == null ? "" : " " + value.toString().replaceAll("@\\w+", "");
        }
    }

    static final class Loop {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@HookId int hook, @Advice.This(optional = true) Object self) {
            Object token = null;
            for (long i = 0; i < 3; i++) {
                if (i == 1) {
                    token = HeadroomBridge.live.enter(hook, self, "step", i);
                }
            }
            if (token == null) {
                return "none";
            }
            return token;
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.Enter Object token, @Advice.Thrown Throwable thrown) {
            if (thrown != null) {
                String text = thrown.getMessage();
                HeadroomBridge.live.exit(hook, token, text == null ? "no text" : text.concat("!"), null);
                return;
            }
            HeadroomBridge.live.mark(hook, token, 1);
        }
    }

    static final class Increased {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@HookId int hook, @Advice.Return(readOnly = false) int result) {
            if (result > hook) {
                result = result + hook;
            }
        }
    }

    static final class Replaced {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.FieldValue("name") String name,
                @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object result) {
            result = name;
        }
    }

    static final class Meddling {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.Argument(value = 0, readOnly = false) int argument) {
            argument = hook;
        }
    }

    static final class Fields {
        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.This(optional = true) Object self,
                @Advice.FieldValue("COUNT") int count,
                @Advice.FieldValue("name") String name) {
            HeadroomBridge.live.mark(hook, self, count + name.length());
        }
    }

    static final class Arguments {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(
                @HookId int hook, @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object argument) {
            return HeadroomBridge.live.enter(hook, null, String.valueOf(argument), null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object argument,
                @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object result,
                @Advice.Enter Object token) {
            HeadroomBridge.live.enter(hook, token, String.valueOf(argument), String.valueOf(result));
        }
    }

    static final class Unsuppressed {
        @Advice.OnMethodEnter
        static void enter(@HookId int hook) {
            HeadroomBridge.live.mark(hook, null, 1);
        }
    }

    static final class NoField {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.FieldValue("nowhere") Object field) {
            HeadroomBridge.live.enter(hook, field, null, null);
        }
    }

    static class Built {
        Built(boolean well) {
            if (!well) {
                throw new IllegalArgumentException("not well");
            }
        }

        void open() {}
    }
}
