package dev.headroom.harness;

import com.sun.tools.attach.VirtualMachine;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * A program in a JVM of its own that runs on while a test attaches agents to it, and answers questions line by line. With {@link
 * #look} it can see its own classes' bytes.
 */
public final class RunningProgram implements AutoCloseable {
    private static final long LIMIT_SECONDS = 60;
    private static Instrumentation instrumentation;

    /** In the program: what to answer. */
    public interface Answer {
        String to(String question) throws Exception;
    }

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Path harnessJar;

    private RunningProgram(Process process, Path harnessJar) {
        this.process = process;
        this.harnessJar = harnessJar;
        Thread reading = new Thread(this::read, "output of " + process.pid());
        reading.setDaemon(true);
        reading.start();
    }

    public static RunningProgram start(Class<?> main, Path library, String... jvmOptions) throws IOException {
        Path harness = harnessJar();
        String classes = new File("target/classes").getAbsolutePath();
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(element -> !element.equals(classes))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of("-cp", library + File.pathSeparator + classPath, main.getName()));
        return new RunningProgram(
                new ProcessBuilder(command).redirectErrorStream(true).start(), harness);
    }

    /** Runs the jar's main class. Returns the exit code, a blank and what was written. */
    public static String jar(Path jar, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java(), "-jar", jar.toString()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String written = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + written;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Path harnessJar() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Agent-Class", RunningProgram.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        Path jar = Files.createTempFile("headroom-harness", ".jar");
        try (JarOutputStream ignored = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            return jar;
        }
    }

    private void read() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
            }
        } catch (IOException ended) {
            lines.add("ended: " + ended.getMessage());
        }
    }

    public String pid() {
        return Long.toString(process.pid());
    }

    /**
     * Attaches an agent that changes nothing, for {@link #bytesOf}. The JVM asks agents in the order of their coming, so only one
     * that came after the agent under test sees what that one made of a class.
     */
    public void look() throws Exception {
        VirtualMachine machine = VirtualMachine.attach(pid());
        machine.loadAgent(harnessJar.toString());
        machine.detach();
    }

    public void ask(String question) throws IOException {
        process.getOutputStream().write((question + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Waits for this line; another one that begins with the same word, or with "failed", is an error. */
    public void says(String expected) throws InterruptedException {
        String subject = expected.split(" ", 2)[0];
        List<String> seen = new ArrayList<>();
        while (true) {
            String line = lines.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            seen.add(line);
            if (expected.equals(line)) {
                return;
            }
            if (line == null || line.startsWith("failed") || line.split(" ", 2)[0].equals(subject)) {
                throw new AssertionError("expected \"" + expected + "\", found " + seen);
            }
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        Files.delete(harnessJar);
    }

    public static void agentmain(String arguments, Instrumentation given) {
        instrumentation = given;
    }

    /** In the program: says a line. */
    public static void say(String line) {
        System.out.println(line);
    }

    /** In the program: answers every line until there are no more. */
    public static void answer(Answer answer) throws Exception {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String question = questions.readLine(); question != null; question = questions.readLine()) {
            try {
                say(answer.to(question));
            } catch (Exception failure) {
                say("failed " + failure);
            }
        }
    }

    /** In the program: the bytes of a loaded class as all agents left them, a character each. */
    public static String bytesOf(String className) throws Exception {
        String[] seen = new String[1];
        ClassFileTransformer looking = new ClassFileTransformer() {
            @Override
            public byte[] transform(
                    ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
                if (className.replace('.', '/').equals(name)) {
                    seen[0] = new String(bytes, StandardCharsets.ISO_8859_1);
                }
                return null;
            }
        };
        instrumentation.addTransformer(looking, true);
        try {
            instrumentation.retransformClasses(Class.forName(className));
        } finally {
            instrumentation.removeTransformer(looking);
        }
        return seen[0];
    }
}
