package dev.headroom.core.hook.cache;

import org.jspecify.annotations.Nullable;

/** Where a cache is built, for a name that says whose it is: the first frame outside the cache's own library and the JDK. Immutable. */
final class CacheSite {
    private static final String[] NOT_THE_BUILDER = {
        "dev.headroom.core.", "java.", "jdk.", "sun.", "com.github.benmanes.caffeine.", "com.google.common.cache.",
    };

    final String name;
    final int line;

    private CacheSite(String name, int line) {
        this.name = name;
        this.line = line;
    }

    /** {@code PriceList} for a cache built with the class or an object of it, {@code PriceList.open} when a method of it does. */
    static CacheSite of(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (!begins(frame.getClassName())) {
                String type = type(frame.getClassName());
                String method = method(frame.getMethodName());
                return new CacheSite(method == null ? type : type + "." + method, frame.getLineNumber());
            }
        }
        return new CacheSite("unknown", -1);
    }

    private static boolean begins(String name) {
        for (String prefix : NOT_THE_BUILDER) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Without the package, and without what a generator or an anonymous class adds. */
    private static String type(String className) {
        String simple = className.substring(className.lastIndexOf('.') + 1);
        int generated = simple.indexOf("$$");
        if (generated > 0) {
            simple = simple.substring(0, generated);
        }
        int end = simple.length();
        while (end > 0 && (Character.isDigit(simple.charAt(end - 1)) || simple.charAt(end - 1) == '$')) {
            end--;
        }
        return (end == 0 ? simple : simple.substring(0, end)).replace('$', '.');
    }

    /** Null for initialisers and constructors; of a lambda, the method that it stands in. */
    private static @Nullable String method(String name) {
        String plain = name;
        if (name.startsWith("lambda$")) {
            int end = name.indexOf('$', 7);
            plain = end < 0 ? "new" : name.substring(7, end);
        }
        return plain.startsWith("<") || plain.equals("new") || plain.equals("static") || plain.equals("null")
                ? null
                : plain;
    }
}
