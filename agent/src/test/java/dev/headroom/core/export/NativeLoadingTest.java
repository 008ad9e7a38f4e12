package dev.headroom.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeLoadingTest {
    /** Frames as dumps of these JDKs show them, under an application's. */
    @ParameterizedTest
    @CsvSource({
        "8, java.lang.ClassLoader$NativeLibrary, load",
        "11, java.lang.ClassLoader$NativeLibrary, load0",
        "17, jdk.internal.loader.NativeLibraries, load",
        "17, jdk.internal.loader.NativeLibraries$NativeLibraryImpl, open",
        "8, java.lang.ClassLoader, loadLibrary1"
    })
    void aThreadThatLoadsALibraryIsSeen(int jdk, String type, String method) {
        assertThat(NativeLoading.loads(stack(type, method))).as("JDK " + jdk).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"java.lang.ClassLoader, loadClass", "java.lang.Runtime, exec", "shop.NativeLibraries, load"})
    void othersAreNotWaitedFor(String type, String method) {
        assertThat(NativeLoading.loads(stack(type, method))).isFalse();
    }

    private static StackTraceElement[] stack(String type, String method) {
        return new StackTraceElement[] {
            new StackTraceElement("shop.Cart", "add", "Cart.java", 12),
            new StackTraceElement(type, method, null, -2),
            new StackTraceElement("shop.Main", "main", "Main.java", 3)
        };
    }
}
