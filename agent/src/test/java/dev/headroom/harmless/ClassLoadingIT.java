package dev.headroom.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.harness.AgentRun;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** Classes are looked at while many threads load them, through loaders that do as they like. */
class ClassLoadingIT {
    private static final String WOVEN = "org.h2.jdbc.JdbcPreparedStatement";

    @Test
    void manyThreadsAndLoadersLoadTheSameDrivers() throws Exception {
        AgentRun.Result result = Unharmed.assertSame(
                Unharmed.program(LoadingInParallel.class),
                Unharmed.library("h2-2.5.252").toString(),
                Unharmed.library("hsqldb-2.7.3").toString());
        Unharmed.assertMeasured(result, 1);
    }

    static final class LoadingInParallel {
        private static final int THREADS = 8;

        public static void main(String[] arguments) throws Exception {
            List<URLClassLoader> loaders = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (String jar : arguments) {
                loaders.add(alone(jar));
                loaders.add(alone(jar));
                names.addAll(jdbcClasses(jar));
            }
            CountDownLatch together = new CountDownLatch(THREADS);
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            List<Future<Integer>> loaded = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int turn = i;
                loaded.add(threads.submit(() -> {
                    List<String> order = new ArrayList<>(names);
                    Collections.rotate(order, turn * 7);
                    together.countDown();
                    together.await();
                    return load(loaders.get(turn % loaders.size()), order);
                }));
            }
            for (Future<Integer> each : loaded) {
                System.out.println(each.get());
            }
            threads.shutdown();
            System.out.println(Traffic.all());
        }

        private static List<String> jdbcClasses(String jar) throws Exception {
            try (JarFile file = new JarFile(jar)) {
                return Collections.list(file.entries()).stream()
                        .map(JarEntry::getName)
                        .filter(name -> name.contains("/jdbc/") && name.endsWith(".class"))
                        .map(name -> name.substring(0, name.length() - ".class".length())
                                .replace('/', '.'))
                        .toList();
            }
        }

        private static int load(ClassLoader loader, List<String> names) {
            int loaded = 0;
            for (String name : names) {
                try {
                    loaded += Class.forName(name, false, loader).getDeclaredMethods().length;
                } catch (ClassNotFoundException | NoClassDefFoundError ofTheOther) {
                    loaded++;
                }
            }
            return loaded;
        }
    }

    private static URLClassLoader alone(String jar) throws Exception {
        return new URLClassLoader(new URL[] {Path.of(jar).toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    }

    /** OpenTelemetry's agent hung here: it asked a loader while it held a lock that another thread's class needed. */
    @Test
    void nothingIsHeldWhileALoaderIsAsked() throws Exception {
        AgentRun.Result result = Unharmed.assertSame(
                Unharmed.program(AskedLoader.class),
                Unharmed.library("h2-2.5.252").toString());
        assertThat(result.output()).startsWith("true");
        Unharmed.assertMeasured(result, 1);
    }

    static final class AskedLoader {
        public static void main(String[] arguments) throws Exception {
            URL jar = Path.of(arguments[0]).toUri().toURL();
            Asked asked = new Asked(jar, arguments[0]);
            System.out.println(asked.loadClass(WOVEN).getClassLoader() == asked);
            System.out.println(Traffic.all());
        }
    }

    /** Answers for a resource only when another thread has loaded the same classes elsewhere. Not parallel capable, too. */
    private static final class Asked extends URLClassLoader {
        private final String jar;

        Asked(URL url, String jar) {
            super(new URL[] {url}, ClassLoader.getPlatformClassLoader());
            this.jar = jar;
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            Thread other = new Thread(() -> {
                try {
                    alone(jar).loadClass(WOVEN);
                } catch (Exception failed) {
                    throw new IllegalStateException(failed);
                }
            });
            other.start();
            try {
                other.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return super.getResourceAsStream(name);
        }
    }

    /** Nothing of the JDK is prepared, so that what the transformer itself uses is loaded through it. */
    @Test
    void noCircleWhenTheJdksOwnClassesAreTransformed() throws Exception {
        AgentRun.Result result =
                Unharmed.assertSame(Unharmed.program(Traffic.class).withJvmOptions("-Xshare:off"));
        Unharmed.assertMeasured(result, 1);
    }
}
