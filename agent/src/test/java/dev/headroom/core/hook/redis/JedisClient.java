package dev.headroom.core.hook.redis;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A Jedis of any version. By reflection, since the same call has other return types and owners from version to version. */
final class JedisClient implements AutoCloseable {
    private static final Path LIBRARIES = Path.of("target", "libraries");

    private final Object jedis;

    JedisClient(Class<?> jedisClass, int port) throws Exception {
        jedis = jedisClass.getConstructor(String.class, int.class).newInstance("127.0.0.1", port);
    }

    /** The jar of that version and what it needs to load. */
    static List<Path> jars(String version) throws Exception {
        List<Path> jars = new ArrayList<>(List.of(LIBRARIES.resolve("jedis-" + version + ".jar")));
        try (Stream<Path> all = Files.list(LIBRARIES)) {
            all.filter(jar -> jar.getFileName()
                            .toString()
                            .matches("(commons-pool2|slf4j-api|json|gson|redis-authx-core)-[0-9].*"))
                    .forEach(jars::add);
        }
        return jars;
    }

    Object call(String name, Object... arguments) throws Exception {
        return on(jedis, name, arguments);
    }

    static Object on(Object target, String name, Object... arguments) throws Exception {
        for (Method method : target.getClass().getMethods()) {
            if (method.getName().equals(name) && accepts(method.getParameterTypes(), arguments)) {
                method.setAccessible(true);
                try {
                    return method.invoke(target, arguments);
                } catch (InvocationTargetException thrown) {
                    if (thrown.getCause() instanceof Exception cause) {
                        throw cause;
                    }
                    throw thrown;
                }
            }
        }
        throw new NoSuchMethodException(target.getClass() + "." + name);
    }

    private static boolean accepts(Class<?>[] types, Object[] arguments) {
        if (types.length != arguments.length) {
            return false;
        }
        for (int i = 0; i < types.length; i++) {
            boolean number = (types[i] == int.class && arguments[i] instanceof Integer)
                    || (types[i] == long.class && arguments[i] instanceof Long);
            if (!number && !types[i].isInstance(arguments[i])) {
                return false;
            }
        }
        return true;
    }

    Object target() {
        return jedis;
    }

    @Override
    public void close() throws Exception {
        call("close");
    }
}
