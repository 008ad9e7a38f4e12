package dev.headroom.core.weave;

import org.jspecify.annotations.Nullable;

/**
 * What is left alone: loaders of generated code, packages where no interface of a hook is implemented, and wrappers of JDBC
 * and R2DBC objects, which would count every call twice. A hook that names such a class exactly gets it all the same. Stateless.
 */
final class Ignored {
    private static final String[] LOADERS = {
        "sun.reflect.DelegatingClassLoader",
        "jdk.internal.reflect.DelegatingClassLoader",
        "sun.misc.Launcher$ExtClassLoader$1",
        "groovy.lang.GroovyClassLoader$InnerLoader",
        "org.codehaus.groovy.runtime.callsite.CallSiteClassLoader",
        "jdk.nashorn.internal.runtime.ScriptLoader",
        "org.openjdk.nashorn.internal.runtime.ScriptLoader",
        "org.codehaus.janino.ByteArrayClassLoader",
        "org.mozilla.javascript.DefiningClassLoader",
        "net.bytebuddy.dynamic.loading.ByteArrayClassLoader"
    };

    private static final String[] PACKAGES = {
        "java/",
        "javax/",
        "jdk/",
        "sun/",
        "com/sun/",
        "dev/headroom/agent/",
        "net/bytebuddy/",
        "kotlin/",
        "scala/",
        "groovy/",
        "org/slf4j/",
        "ch/qos/logback/",
        "com/fasterxml/",
        "org/springframework/boot/loader/"
    };

    private static final String[] WRAPPERS = {
        "com/zaxxer/hikari/",
        "com/mchange/v2/c3p0/",
        "org/apache/commons/dbcp/",
        "org/apache/commons/dbcp2/",
        "org/apache/tomcat/dbcp/",
        "org/apache/tomcat/jdbc/",
        "com/alibaba/druid/",
        "io/agroal/",
        "oracle/ucp/",
        "org/vibur/",
        "org/jboss/jca/",
        "com/p6spy/",
        "net/ttddyy/dsproxy/",
        "io/r2dbc/pool/",
        "io/r2dbc/proxy/",
        "org/apache/shardingsphere/",
        "org/springframework/jdbc/",
        "org/springframework/r2dbc/",
        "org/springframework/boot/r2dbc/"
    };

    private Ignored() {}

    /** @param agentLoader the loader of the agent itself */
    static boolean loader(@Nullable ClassLoader loader, @Nullable ClassLoader agentLoader) {
        if (loader == null) {
            return false;
        }
        if (loader == agentLoader) {
            return true;
        }
        String name = loader.getClass().getName();
        for (String ignored : LOADERS) {
            if (name.equals(ignored)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a class that no hook names is passed over. */
    static boolean name(String internalName) {
        return startsWithAny(internalName, PACKAGES)
                || startsWithAny(internalName, WRAPPERS)
                || isGenerated(internalName);
    }

    private static boolean isGenerated(String internalName) {
        return internalName.indexOf('$') >= 0 && isGeneratedName(internalName);
    }

    private static boolean isGeneratedName(String internalName) {
        return internalName.startsWith("$Proxy", internalName.lastIndexOf('/') + 1)
                || internalName.contains("$$Lambda")
                || internalName.contains("$$EnhancerBy")
                || internalName.contains("$$FastClassBy");
    }

    private static boolean startsWithAny(String internalName, String[] prefixes) {
        for (String prefix : prefixes) {
            if (internalName.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
