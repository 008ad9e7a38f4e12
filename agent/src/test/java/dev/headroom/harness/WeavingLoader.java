package dev.headroom.harness;

import dev.headroom.core.weave.WeavingTransformer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Loads the application under test and its libraries itself and weaves them on the way. The JDK, the agent, the harness and the
 * test framework come from the parent.
 */
final class WeavingLoader extends URLClassLoader {
    private static final List<String> PARENT = List.of(
            "java.",
            "javax.sql.",
            "javax.net.",
            "javax.management.",
            "javax.naming.",
            "jdk.",
            "sun.",
            "com.sun.",
            "org.w3c.",
            "org.xml.",
            "dev.headroom.core.record.",
            "dev.headroom.catalog.",
            "dev.headroom.histogram.",
            "dev.headroom.harness.",
            "org.junit.",
            "org.assertj.",
            "org.opentest4j.");

    private final WeavingTransformer transformer;

    /** @param jars looked through before the class path: the version of a library to test; empty for the class path's own */
    WeavingLoader(WeavingTransformer transformer, List<Path> jars) {
        super("woven", urls(jars), WeavingLoader.class.getClassLoader());
        this.transformer = transformer;
    }

    private static URL[] urls(List<Path> jars) {
        List<URL> urls = new ArrayList<>();
        try {
            for (Path jar : jars) {
                urls.add(jar.toUri().toURL());
            }
            for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
                urls.add(new File(element).toURI().toURL());
            }
        } catch (IOException malformed) {
            throw new IllegalArgumentException(malformed);
        }
        return urls.toArray(new URL[0]);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (PARENT.stream().anyMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : woven(name, resolve);
        }
    }

    private Class<?> woven(String name, boolean resolve) throws ClassNotFoundException {
        String internalName = name.replace('.', '/');
        URL resource = findResource(internalName + ".class");
        if (resource == null) {
            return super.loadClass(name, resolve);
        }
        try (InputStream in = resource.openStream()) {
            byte[] classFile = in.readAllBytes();
            byte[] woven = transformer.transform(this, internalName, null, null, classFile);
            byte[] bytes = woven == null ? classFile : woven;
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }

    @Override
    public URL getResource(String name) {
        URL own = findResource(name);
        return own != null ? own : super.getResource(name);
    }
}
