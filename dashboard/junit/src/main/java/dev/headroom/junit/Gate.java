package dev.headroom.junit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What holds for one test method: its own annotation before that of its class and of the classes around it.
 *
 * @param file as written; empty for the usual one
 * @param scope of the method
 * @param classScope name of the scope that the whole class is; null where each method is one
 */
record Gate(String file, String scope, @Nullable String classScope, int repeat, int warmup) {
    /** Of a test, or of a class before its tests. */
    static Gate of(ExtensionContext context) {
        PerformanceBudget ofMethod = AnnotationSupport.findAnnotation(context.getTestMethod(), PerformanceBudget.class)
                .orElse(null);
        PerformanceBudget ofClass = ofClass(context.getTestClass());
        String file = "";
        if (ofClass != null) {
            file = ofClass.file();
        }
        if (ofMethod != null && !ofMethod.file().isEmpty()) {
            file = ofMethod.file();
        }
        String own = ofMethod == null ? "" : ofMethod.scope();
        String classScope = ofClass == null || ofClass.scope().isEmpty() || !own.isEmpty() ? null : ofClass.scope();
        PerformanceBudget counts = ofMethod != null ? ofMethod : ofClass;
        int repeat = counts == null ? 1 : counts.repeat();
        int warmup = counts == null ? 0 : counts.warmup();
        if (repeat < 1 || warmup < 0) {
            throw new IllegalArgumentException("@PerformanceBudget of " + named(context) + " has repeat = " + repeat
                    + " and warmup = " + warmup + "; expected repeat from 1 and warmup from 0");
        }
        return new Gate(file, own.isEmpty() ? named(context) : own, classScope, repeat, warmup);
    }

    private static @Nullable PerformanceBudget ofClass(Optional<Class<?>> testClass) {
        Class<?> type = testClass.orElse(null);
        while (type != null) {
            PerformanceBudget found = AnnotationSupport.findAnnotation(type, PerformanceBudget.class)
                    .orElse(null);
            if (found != null) {
                return found;
            }
            type = type.getEnclosingClass();
        }
        return null;
    }

    /** "OrderTest.lists", or "OrderTest.WhenEmpty.lists" of a nested class. */
    private static String named(ExtensionContext context) {
        String type = context.getTestClass().map(Gate::simpleName).orElse("?");
        return context.getTestMethod()
                .map(method -> type + "." + method.getName())
                .orElse(type);
    }

    private static String simpleName(Class<?> type) {
        Class<?> around = type.getEnclosingClass();
        return around == null ? type.getSimpleName() : simpleName(around) + "." + type.getSimpleName();
    }

    /** The scope that runs are recorded under. */
    String recordedAs() {
        return classScope == null ? scope : classScope;
    }
}
