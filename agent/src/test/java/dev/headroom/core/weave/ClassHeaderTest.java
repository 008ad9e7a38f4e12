package dev.headroom.core.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ClassHeaderTest {
    private static final byte[][] SQL = {"java/sql/".getBytes(StandardCharsets.UTF_8)};

    @Test
    void readsNamesParentsAndMembers() throws IOException {
        ClassHeader header = ClassHeader.read(classFile(Sample.class));
        assertThat(header.name()).isEqualTo("dev/headroom/core/weave/ClassHeaderTest$Sample");
        assertThat(header.superName()).isEqualTo("java/util/ArrayList");
        assertThat(header.interfaces()).containsExactly("java/util/function/Supplier", "java/lang/Runnable");
        assertThat(header.isInterface()).isFalse();
        assertThat(header.declares("big")).isTrue();
        assertThat(header.declares("get")).isTrue();
        assertThat(header.declares("size")).as("inherited").isFalse();
    }

    @Test
    void tellsMethodsWithCodeFromBridgesNativesAndAbstractOnes() throws IOException {
        assertThat(ClassHeader.read(classFile(Sample.class)).methods().stream()
                        .filter(ClassHeader.Member::hasOwnCode)
                        .map(method -> method.name() + method.descriptor()))
                .containsExactlyInAnyOrder("<init>()V", "get()Ljava/lang/String;", "fails()V");
    }

    @Test
    void readsEveryClassOfTheJdksLanguagePackage() throws IOException {
        for (Class<?> type : new Class<?>[] {Object.class, String.class, Thread.class, Record.class, Runnable.class}) {
            assertThat(ClassHeader.read(classFile(type)).name())
                    .isEqualTo(type.getName().replace('.', '/'));
        }
        assertThat(ClassHeader.read(classFile(Object.class)).superName()).isNull();
        assertThat(ClassHeader.read(classFile(Runnable.class)).isInterface()).isTrue();
    }

    @Test
    void refusesWhatIsNoClassFile() throws IOException {
        byte[] whole = classFile(Sample.class);
        assertThatThrownBy(() -> ClassHeader.read(new byte[20])).isInstanceOf(IOException.class);
        for (int length = 0; length < whole.length / 2; length += 7) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ClassHeader.read(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(IOException.class);
            assertThat(ConstantPool.mentions(cut, new byte[][] {{1, 2, 3}})).isFalse();
        }
    }

    @Test
    void findsAFamilyAtTheStartOfATextOrInADescriptor() throws IOException {
        assertThat(ConstantPool.mentions(classFile(Throwing.class), SQL)).isTrue();
        assertThat(ConstantPool.mentions(classFile(Taking.class), SQL)).isTrue();
        assertThat(ConstantPool.mentions(classFile(Silent.class), SQL)).isFalse();
        assertThat(ConstantPool.mentions(classFile(Throwing.class), new byte[0][]))
                .isFalse();
    }

    @Test
    void searchesBySkipping() {
        byte[] text = "java/sql/".getBytes(StandardCharsets.UTF_8);
        byte[] skips = ConstantPool.skips(text);
        Random random = new Random(3);
        String letters = "jav/sql";
        for (int round = 0; round < 100_000; round++) {
            StringBuilder hay = new StringBuilder();
            for (int i = random.nextInt(30); i > 0; i--) {
                hay.append(random.nextInt(8) == 0 ? "java/sq" : letters.charAt(random.nextInt(letters.length())));
            }
            if (random.nextInt(3) == 0) {
                hay.insert(random.nextInt(hay.length() + 1), "java/sql/");
            }
            assertThat(ConstantPool.contains(hay.toString().getBytes(StandardCharsets.UTF_8), text, skips))
                    .as(hay.toString())
                    .isEqualTo(hay.indexOf("java/sql/") >= 0);
        }
    }

    static byte[] classFile(Class<?> type) throws IOException {
        try (InputStream in =
                type.getResourceAsStream(type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class")) {
            return in.readAllBytes();
        }
    }

    abstract static class Sample extends java.util.ArrayList<String> implements Supplier<String>, Runnable {
        final long big = 1L << 40;
        final double real = 2.5;

        @Override
        public String get() {
            return "a" + big + real;
        }

        void fails() throws SQLException {
            throw new SQLException();
        }

        abstract void open();

        native void system();
    }

    static class Throwing {
        void run() throws SQLException {}
    }

    abstract static class Taking {
        abstract void run(java.util.List<String> list, java.sql.Driver driver);
    }

    static class Silent {
        String text() {
            return "mentions java/sql/Driver in passing";
        }
    }
}
