package dev.headroom.junit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Records the bodies of test methods and judges them. Comes with {@link PerformanceBudget}; or for all tests, where JUnit finds
 * extensions by itself and there is a budget file. Tests that fail by themselves are not judged.
 */
public final class HeadroomExtension implements InvocationInterceptor, BeforeAllCallback {
    private static final ExtensionContext.Namespace OWN = ExtensionContext.Namespace.create(HeadroomExtension.class);

    /** Attaches the agent before the tests, so that no test's time has it in it. */
    @Override
    public void beforeAll(ExtensionContext context) {
        Session.of(context).budgets(context, Gate.of(context), annotated(context));
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        intercept(invocation, method, context, null);
    }

    /** Repetitions and parameters of one method are runs of one scope, judged after the last. */
    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        intercept(invocation, method, context, context.getParent().orElse(null));
    }

    private static void intercept(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context,
            @Nullable ExtensionContext template)
            throws Throwable {
        Gate gate = Gate.of(context);
        Session session = Session.of(context);
        Budgets budgets = session.budgets(context, gate, annotated(context));
        if (budgets == null) {
            invocation.proceed();
            return;
        }
        Map<String, List<RecordedRun>> scopes = record(invocation, method, gate, session.agent());
        if (gate.classScope() != null) {
            List<RecordedRun> own = scopes.remove(gate.classScope());
            together(classContext(context), "class", session, budgets).add(gate.classScope(), own);
        }
        if (template == null) {
            session.judge(budgets, scopes);
        } else {
            scopes.forEach(together(template, "template", session, budgets)::add);
        }
    }

    private static Map<String, List<RecordedRun>> record(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> method,
            Gate gate,
            LocalAgent agent)
            throws Throwable {
        Recording recording = Recording.start(agent, gate.recordedAs());
        try {
            for (int run = -gate.warmup(); run < gate.repeat(); run++) {
                recording.begin(gate.recordedAs());
                boolean whole = false;
                try {
                    if (run == -gate.warmup()) {
                        invocation.proceed();
                    } else {
                        again(method);
                    }
                    whole = true;
                } finally {
                    recording.end(whole);
                }
                if (run < 0) {
                    recording.forget();
                }
            }
        } finally {
            recording.stop();
        }
        return recording.ended();
    }

    private static void again(ReflectiveInvocationContext<Method> method) throws Throwable {
        Method executable = method.getExecutable();
        executable.setAccessible(true);
        try {
            executable.invoke(
                    method.getTarget().orElse(null), method.getArguments().toArray());
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }

    private static boolean annotated(ExtensionContext context) {
        for (ExtensionContext each = context;
                each != null;
                each = each.getParent().orElse(null)) {
            if (AnnotationSupport.isAnnotated(each.getElement(), PerformanceBudget.class)) {
                return true;
            }
        }
        return false;
    }

    /** The outermost class that is gated as a whole is where its runs come together. */
    private static ExtensionContext classContext(ExtensionContext context) {
        ExtensionContext found = context;
        for (ExtensionContext each = context;
                each != null;
                each = each.getParent().orElse(null)) {
            boolean type = each.getTestMethod().isEmpty() && each.getTestClass().isPresent();
            if (type && AnnotationSupport.isAnnotated(each.getElement(), PerformanceBudget.class)) {
                return each;
            }
            found = type ? each : found;
        }
        return found;
    }

    private static Together together(ExtensionContext context, String kind, Session session, Budgets budgets) {
        return context.getStore(OWN).getOrComputeIfAbsent(kind, any -> new Together(session, budgets), Together.class);
    }

    /** Runs that are judged together when JUnit leaves what they belong to. Thread-safe. */
    @SuppressWarnings("deprecation") // older JUnits close nothing else
    static final class Together implements ExtensionContext.Store.CloseableResource, AutoCloseable {
        private final Session session;
        private final Budgets budgets;
        private final Map<String, List<RecordedRun>> scopes = new LinkedHashMap<>();

        Together(Session session, Budgets budgets) {
            this.session = session;
            this.budgets = budgets;
        }

        synchronized void add(String scope, @Nullable List<RecordedRun> runs) {
            if (runs != null) {
                scopes.computeIfAbsent(scope, any -> new ArrayList<>()).addAll(runs);
            }
        }

        /** @throws PerformanceBudgetError when a budget is broken */
        @Override
        public synchronized void close() {
            Map<String, List<RecordedRun>> all = new LinkedHashMap<>(scopes);
            scopes.clear();
            session.judge(budgets, all);
        }
    }
}
