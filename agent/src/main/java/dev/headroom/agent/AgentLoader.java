package dev.headroom.agent;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.security.AllPermission;
import java.security.Permissions;
import java.security.ProtectionDomain;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Loads the agent's own classes from {@code core/**.classdata} inside the agent's jar, in place: nothing is unpacked, so it works
 * on a read-only disk, and the application neither sees nor scans them. Its parent is the system loader's parent, so the
 * application's classes cannot be seen either.
 *
 * <p>Parallel capable; the jar stays open until the agent is detached.
 */
final class AgentLoader extends ClassLoader implements Closeable {
    private static final String FOLDER = "core/";
    private static final String CLASS = ".class";

    static {
        registerAsParallelCapable();
    }

    private final JarFile jar;
    private final String version;
    private final ProtectionDomain domain;

    AgentLoader(File file) throws IOException {
        super(ClassLoader.getSystemClassLoader().getParent());
        // Not verified: a signature would be checked by whoever installs the jar, and costs start-up time here.
        this.jar = new JarFile(file, false);
        String given = jar.getManifest() == null
                ? null
                : jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        this.version = given == null ? "unknown" : given;
        this.domain = trusted();
    }

    /**
     * The agent's classes may do all that the JVM may: were its policy asked, which speaks of the application, a security manager
     * that comes late would stop the agent in the middle of its work. One that is there before has its say: it is asked here.
     */
    private static ProtectionDomain trusted() {
        Permissions all = new Permissions();
        all.add(new AllPermission());
        return new ProtectionDomain(AgentLoader.class.getProtectionDomain().getCodeSource(), all);
    }

    /** The agent's version, from its manifest. */
    String version() {
        return version;
    }

    /** Closes the jar; classes not loaded by then are not to be had. */
    @Override
    public void close() throws IOException {
        jar.close();
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte @Nullable [] bytes;
        try {
            bytes = bytes(name.replace('.', '/') + CLASS);
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name + " cannot be read from " + jar.getName(), unreadable);
        }
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        definePackageOf(name);
        return defineClass(name, bytes, 0, bytes.length, domain);
    }

    private void definePackageOf(String className) {
        int dot = className.lastIndexOf('.');
        String name = className.substring(0, Math.max(dot, 0));
        if (getPackage(name) == null) {
            try {
                definePackage(name, null, null, null, "Headroom", version, null, null);
            } catch (IllegalArgumentException ignored) {
                // Another thread was first, with the same values.
            }
        }
    }

    /** Class files too: advice is read as bytes. */
    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        try {
            JarEntry entry = entry(name);
            if (entry != null) {
                return jar.getInputStream(entry);
            }
        } catch (IOException unreadable) {
            return null;
        }
        return super.getResourceAsStream(name);
    }

    /** The class file of that resource name, or null. */
    byte @Nullable [] bytes(String resource) throws IOException {
        JarEntry entry = entry(resource);
        if (entry == null) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) Math.max(entry.getSize(), 1_024));
        try (InputStream in = jar.getInputStream(entry)) {
            byte[] part = new byte[8_192];
            for (int length = in.read(part); length >= 0; length = in.read(part)) {
                bytes.write(part, 0, length);
            }
        }
        return bytes.toByteArray();
    }

    private @Nullable JarEntry entry(String resource) {
        String inside = resource.endsWith(CLASS)
                ? resource.substring(0, resource.length() - CLASS.length()) + ".classdata"
                : resource;
        return jar.getJarEntry(FOLDER + inside);
    }
}
