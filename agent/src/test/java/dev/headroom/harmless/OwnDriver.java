package dev.headroom.harmless;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isDefaultMethod;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.implementation.InvocationHandlerAdapter;

/**
 * A JDBC driver that is unknown to the agent, whose classes hand every call to one handler. Made as class files, since classes of
 * {@code java.lang.reflect.Proxy} are not woven.
 */
final class OwnDriver {
    private static final String HANDLER = "handler";
    private static final List<Class<?>> TYPES =
            List.of(Driver.class, Connection.class, Statement.class, PreparedStatement.class, ResultSet.class);

    private OwnDriver() {}

    private static String nameOf(Class<?> type) {
        return "own.driver.Own" + type.getSimpleName();
    }

    /** Writes the class files. */
    static void saveIn(File folder) throws IOException {
        for (Class<?> type : TYPES) {
            new ByteBuddy()
                    .subclass(Object.class)
                    .name(nameOf(type))
                    .implement(type)
                    .defineField(HANDLER, InvocationHandler.class, Visibility.PUBLIC)
                    .method(isAbstract().or(isDefaultMethod()))
                    .intercept(InvocationHandlerAdapter.toField(HANDLER))
                    .make()
                    .saveIn(folder);
        }
    }

    /** One object of each class. */
    static final class Objects {
        private final Map<Class<?>, Object> made = new HashMap<>();

        void make(InvocationHandler handler) throws ReflectiveOperationException {
            for (Class<?> type : TYPES) {
                Object object = Class.forName(nameOf(type)).getConstructor().newInstance();
                object.getClass().getField(HANDLER).set(object, handler);
                made.put(type, object);
            }
        }

        Driver driver() {
            return (Driver) made.get(Driver.class);
        }

        Statement statement() {
            return (Statement) made.get(Statement.class);
        }

        /** What a driver without data answers. */
        Object answer(Method method) {
            Class<?> type = method.getReturnType();
            if (type == boolean.class) {
                return method.getName().startsWith("execute");
            }
            if (type == int.class) {
                return 1;
            }
            if (type == long.class) {
                return 1L;
            }
            return type == int[].class ? new int[] {1} : made.get(type);
        }
    }
}
