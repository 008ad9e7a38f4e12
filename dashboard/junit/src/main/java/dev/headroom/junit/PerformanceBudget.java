package dev.headroom.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * Holds tests to the budgets that a file has under {@code tests:}. On a class it is about each of its test methods, on a method
 * about that one; what a method says wins.
 *
 * <p>Every test method is a scope, named {@code Class.method}, unless {@link #scope} names it. Counted is what happens in the whole
 * JVM between the begin and the end of the method's body; fixtures are not. That is why such tests have the JVM to themselves where
 * JUnit runs tests in parallel.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(HeadroomExtension.class)
@ResourceLock(Resources.GLOBAL)
public @interface PerformanceBudget {
    /**
     * The budget file: a path, a resource on the class path, or a pack such as {@code headroom:recommended}. Without one, JUnit's
     * configuration parameter {@code headroom.junit.budgets}, else {@code budgets.yaml}.
     */
    String file() default "";

    /** Name of the scope. On a class, its tests together are one scope, judged after the last of them. */
    String scope() default "";

    /**
     * How often the body runs, one after the other without fixtures in between, so that times are judged on several samples. Where
     * each needs its fixtures, use JUnit's {@code @RepeatedTest}: its repetitions are judged together as well.
     */
    int repeat() default 1;

    /** How often the body runs before that without being counted. */
    int warmup() default 0;
}
