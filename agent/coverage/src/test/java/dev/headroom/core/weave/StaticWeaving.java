package dev.headroom.core.weave;

import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.TypeTarget;
import dev.headroom.core.log.AgentLog;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Recorder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * What the hooks would weave in a jar, by the agent's own filter, selection and weaver, without loading a class of it. Stands in the
 * weaver's package to ask exactly what the agent asks.
 */
public final class StaticWeaving {
    private static final String CLASS = ".class";

    private final HookIndex index;
    private final List<HookEntry> entries = new ArrayList<>();

    /** Of all hooks in the agent's list. */
    public StaticWeaving() throws ReflectiveOperationException, IOException {
        List<Hook> hooks = new ArrayList<>();
        for (String line : list()) {
            hooks.add(Class.forName(line.split(" ")[0])
                    .asSubclass(Hook.class)
                    .getConstructor(Recorder.class)
                    .newInstance(new Recorder(Clock.SYSTEM, 1)));
        }
        for (Hook hook : hooks) {
            entries.add(HookEntry.of(hook));
        }
        index = HookIndex.of(hooks);
    }

    private static List<String> list() throws IOException {
        try (InputStream in = HookIndex.class.getResourceAsStream("/dev/headroom/core/hooks.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && line.charAt(0) != '#')
                    .toList();
        }
    }

    /** Names of all hooks, in the agent's order. */
    public List<String> hooks() {
        return entries.stream().map(HookEntry::name).toList();
    }

    /** @param beside further jars, in which the types are looked for that an advice touches */
    public Found look(Path jar, List<Path> beside) throws IOException {
        Found found = new Found();
        try (URLClassLoader loader = loader(jar, beside);
                JarFile file = new JarFile(jar.toFile())) {
            Enumeration<JarEntry> files = file.entries();
            while (files.hasMoreElements()) {
                JarEntry entry = files.nextElement();
                String name = entry.getName();
                if (name.endsWith(CLASS) && !name.startsWith("META-INF/") && !name.endsWith("module-info.class")) {
                    try (InputStream in = file.getInputStream(entry)) {
                        found.look(in.readAllBytes(), name.substring(0, name.length() - CLASS.length()), loader);
                    }
                }
            }
        }
        found.finish();
        return found;
    }

    /** What the hooks would weave of the JDK that runs this. */
    public Found lookAtJdk() throws IOException {
        Found found = new Found();
        for (HookEntry entry : entries) {
            for (String type : entry.types()) {
                if (type.startsWith("java/")
                        || type.startsWith("jdk/")
                        || type.startsWith("sun/")
                        || type.startsWith("com/sun/")) {
                    try (InputStream in = ClassLoader.getSystemResourceAsStream(type + CLASS)) {
                        if (in != null) {
                            found.look(in.readAllBytes(), type, null);
                        }
                    }
                }
            }
        }
        found.finish();
        return found;
    }

    private static URLClassLoader loader(Path jar, List<Path> beside) throws IOException {
        List<URL> urls = new ArrayList<>();
        urls.add(jar.toUri().toURL());
        for (Path each : beside) {
            urls.add(each.toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(new URL[0]), null);
    }

    /** What was found in one jar. */
    public final class Found {
        private final ByteArrayOutputStream said = new ByteArrayOutputStream();
        private final AgentLog log =
                new AgentLog(new PrintStream(said, true, StandardCharsets.UTF_8), true, System::nanoTime);
        private final WeavingTransformer transformer = new WeavingTransformer(index, log);
        private final Supertypes supertypes = new Supertypes();
        private final MethodSelection selection = new MethodSelection(index, new MemberCheck(supertypes));
        private final Map<String, Map<String, Set<String>>> woven = new TreeMap<>();
        private final List<String> lost = new ArrayList<>();
        private final List<String> failed = new ArrayList<>();

        /** By hook, by class: the methods. */
        public Map<String, Map<String, Set<String>>> woven() {
            return woven;
        }

        /** Classes with a method that a hook wants and the constant-pool filter lets pass by. */
        public List<String> lost() {
            return lost;
        }

        /** What the weaver could not do. */
        public List<String> failed() {
            return failed;
        }

        private void look(byte[] classFile, String name, ClassLoader loader) throws IOException {
            List<TypeTarget> targets = new ArrayList<>(index.named(name));
            ClassHeader header = ClassHeader.read(classFile);
            if (header.isInterface()) {
                return;
            }
            boolean passes = index.mentionsFamily(classFile);
            if (!Ignored.name(name)
                    && header.methods().stream()
                            .anyMatch(each -> index.familyMethods().contains(each.name()))) {
                List<TypeTarget> family = new ArrayList<>();
                for (String parent : supertypes.of(header, loader)) {
                    family.addAll(index.implementing(parent));
                }
                if (passes) { // what is not seen may still be named by a hook
                    targets.addAll(family);
                } else if (targets.isEmpty()
                        && !selection.of(family, header, loader).isEmpty()) {
                    lost.add(name.replace('/', '.'));
                }
            }
            List<WovenMethod> methods = selection.of(targets, header, loader);
            for (WovenMethod each : methods) {
                woven.computeIfAbsent(index.hookName(each.number()), hook -> new TreeMap<>())
                        .computeIfAbsent(name.replace('/', '.'), type -> new TreeSet<>())
                        .add(each.name() + parameters(each.descriptor()));
            }
            if (!methods.isEmpty() && transformer.transform(loader, name, null, null, classFile) == null) {
                failed.add(name.replace('/', '.') + " was not woven");
            }
        }

        private void finish() {
            if (!failed.isEmpty()) {
                failed.add(said.toString(StandardCharsets.UTF_8));
            }
        }
    }

    /** Simple names of the types, in parentheses. */
    static String parameters(String descriptor) {
        List<String> types = new ArrayList<>();
        int at = 1;
        while (descriptor.charAt(at) != ')') {
            int dimensions = 0;
            while (descriptor.charAt(at) == '[') {
                dimensions++;
                at++;
            }
            String type;
            if (descriptor.charAt(at) == 'L') {
                int end = descriptor.indexOf(';', at);
                type = descriptor.substring(Math.max(at + 1, descriptor.lastIndexOf('/', end) + 1), end);
                at = end + 1;
            } else {
                type = primitive(descriptor.charAt(at));
                at++;
            }
            types.add(type + "[]".repeat(dimensions));
        }
        return "(" + String.join(",", types) + ")";
    }

    private static String primitive(char letter) {
        return switch (letter) {
            case 'Z' -> "boolean";
            case 'B' -> "byte";
            case 'C' -> "char";
            case 'S' -> "short";
            case 'I' -> "int";
            case 'J' -> "long";
            case 'F' -> "float";
            case 'D' -> "double";
            default -> throw new IllegalArgumentException("no type begins with " + letter);
        };
    }
}
