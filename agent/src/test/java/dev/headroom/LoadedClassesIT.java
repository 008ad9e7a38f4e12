package dev.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.LiveBridge;
import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.log.AgentLog;
import dev.headroom.core.weave.HookIndex;
import dev.headroom.core.weave.LoadedClasses;
import dev.headroom.core.weave.WeavingTransformer;
import dev.headroom.harness.AgentRun;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes that were loaded before the agent are woven where they are, by name and by interface. */
class LoadedClassesIT {
    @TempDir
    private Path folder;

    @Test
    void weavesWhatIsLoadedAlready() throws Exception {
        AgentRun.Result result = AgentRun.of(LoadedFirst.class)
                .withJvmOptions(
                        "-javaagent:" + instrumentationOnly(),
                        "--patch-module",
                        "java.base=" + new File("target/bridge").getAbsolutePath())
                .run();
        assertThat(result.errors()).isEmpty();
        assertThat(result.output()).isEqualTo("before 0\nafter 3\nclosed 3\n");
    }

    /** An agent that only keeps the JVM's instrumentation for the program itself. */
    private Path instrumentationOnly() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", LoadedFirst.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        Path jar = folder.resolve("instrumentation.jar");
        try (JarOutputStream ignored = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            return jar;
        }
    }

    static final class LoadedFirst {
        private static Instrumentation instrumentation;
        private static int calls;

        public static void premain(String arguments, Instrumentation given) {
            instrumentation = given;
        }

        public static void main(String[] arguments) throws Exception {
            URL classes =
                    LoadedFirst.class.getProtectionDomain().getCodeSource().getLocation();
            // A loader of its own: the agent's, here the application's, is left alone.
            ClassLoader loader = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
            List<Supplier<?>> greetings = List.of(make(loader, "Named"), make(loader, "Other"));
            greetings.forEach(Supplier::get);
            System.out.println("before " + calls);
            HookIndex index = HookIndex.of(List.of(new GreetingHook()));
            AgentLog log = new AgentLog(System.err, true, System::nanoTime);
            WeavingTransformer transformer = new WeavingTransformer(index, log);
            instrumentation.addTransformer(transformer, true);
            try (LiveBridge live = new LiveBridge(index)) {
                new LoadedClasses(instrumentation, transformer, log).weave();
                greetings.forEach(Supplier::get);
                System.out.println("after " + calls);
            }
            greetings.forEach(Supplier::get);
            System.out.println("closed " + calls);
        }

        private static Supplier<?> make(ClassLoader loader, String name) throws Exception {
            Constructor<?> constructor =
                    loader.loadClass("dev.headroom.LoadedClassesIT$" + name).getDeclaredConstructor();
            constructor.setAccessible(true);
            return (Supplier<?>) constructor.newInstance();
        }
    }

    interface Greeting extends Supplier<String> {}

    static final class Named implements Greeting {
        @Override
        public String get() {
            return "by its name and its interface";
        }
    }

    static final class Other implements Greeting {
        @Override
        public String get() {
            return "by its interface";
        }
    }

    private static final class GreetingHook extends Hook {
        GreetingHook() {
            super("greeting", "test", "1");
            Probe counting = new Probe() {
                @Override
                public Object enter(Object self, Object a, Object b) {
                    LoadedFirst.calls++;
                    return null;
                }
            };
            type("dev.headroom.LoadedClassesIT$Named")
                    .weave(method("get").advice(Advices.TIMED).probe(counting));
            implementing("dev.headroom.LoadedClassesIT$Greeting")
                    .weave(method("get").advice(Advices.CALLED).probe(counting));
        }
    }
}
