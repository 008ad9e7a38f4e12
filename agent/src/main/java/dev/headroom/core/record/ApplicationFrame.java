package dev.headroom.core.record;

import org.jspecify.annotations.Nullable;

/** Finds the application's own code in a stack: the innermost frame that is no library's. Stateless. */
final class ApplicationFrame {
    private static final String UNKNOWN = "a place without application code";

    /** Packages of drivers, pools, mappers, frameworks and the JDK, which run statements for others. */
    private static final String[] LIBRARIES = {
        "java.",
        "javax.",
        "jakarta.",
        "jdk.",
        "sun.",
        "com.sun.",
        "dev.headroom.core.",
        "dev.headroom.agent.",
        "ch.qos.",
        "com.alibaba.",
        "com.clickhouse.",
        "com.fasterxml.",
        "com.github.benmanes.",
        "com.google.",
        "com.ibm.db2.",
        "com.microsoft.sqlserver.",
        "com.mchange.",
        "com.mysql.",
        "com.netflix.",
        "com.p6spy.",
        "com.querydsl.",
        "com.squareup.",
        "com.vaadin.",
        "com.zaxxer.",
        "feign.",
        "groovy.",
        "io.agroal.",
        "io.ebean.",
        "io.grpc.",
        "io.helidon.",
        "io.lettuce.",
        "io.micrometer.",
        "io.micronaut.",
        "io.netty.",
        "io.opentelemetry.",
        "io.quarkus.",
        "io.r2dbc.",
        "io.reactivex.",
        "io.undertow.",
        "io.valkey.",
        "io.vertx.",
        "kotlin.",
        "kotlinx.",
        "liquibase.",
        "net.bytebuddy.",
        "net.sf.",
        "net.ttddyy.",
        "okhttp3.",
        "okio.",
        "oracle.",
        "org.apache.",
        "org.codehaus.",
        "org.eclipse.",
        "org.flywaydb.",
        "org.glassfish.",
        "org.h2.",
        "org.hibernate.",
        "org.hsqldb.",
        "org.jboss.",
        "org.jdbi.",
        "org.jooq.",
        "org.junit.",
        "org.mariadb.",
        "org.mockito.",
        "org.mybatis.",
        "org.postgresql.",
        "org.redisson.",
        "org.skife.",
        "org.slf4j.",
        "org.springframework.",
        "org.sqlite.",
        "org.testcontainers.",
        "org.xnio.",
        "reactor.",
        "redis.clients.",
        "retrofit2.",
        "scala.",
        "slick.",
    };

    /** Applications that live in a library's package. */
    private static final String[] APPLICATIONS = {"org.springframework.samples.", "org.springframework.petclinic."};

    private ApplicationFrame() {}

    /** Class without its package, method, file and line, as a stack trace writes them. */
    static String of(StackTraceElement[] stack) {
        StackTraceElement frame = in(stack);
        return frame == null ? UNKNOWN : text(frame);
    }

    /** Null where there is none. */
    static @Nullable StackTraceElement in(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (isApplication(frame.getClassName())) {
                return frame;
            }
        }
        return null;
    }

    static boolean isApplication(String className) {
        return !generated(className) && (begins(className, APPLICATIONS) || !begins(className, LIBRARIES));
    }

    static String text(StackTraceElement frame) {
        String name = frame.getClassName();
        return name.substring(name.lastIndexOf('.') + 1) + "." + frame.getMethodName() + "(" + line(frame) + ")";
    }

    private static String line(StackTraceElement frame) {
        String file = frame.getFileName();
        if (file == null) {
            return "unknown source";
        }
        return frame.getLineNumber() < 0 ? file : file + ":" + frame.getLineNumber();
    }

    /** Proxies made at run time stand before the code that they are made for. */
    private static boolean generated(String name) {
        return name.contains("$$") || name.contains("$Proxy") || name.contains("$HibernateProxy");
    }

    private static boolean begins(String name, String[] prefixes) {
        for (String prefix : prefixes) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
