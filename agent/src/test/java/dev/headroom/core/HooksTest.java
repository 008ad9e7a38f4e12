package dev.headroom.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.config.ConfigSource;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.hook.JoinPoint;
import dev.headroom.core.hook.TypeTarget;
import dev.headroom.core.hook.httpclient.JdkClientHook;
import dev.headroom.core.log.AgentLog;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.weave.HookIndex;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;
import org.junit.jupiter.api.Test;

/** Mistakes in a declaration that would only show as a library left unmeasured. */
class HooksTest {
    private final Recorder recorder = new Recorder(Clock.SYSTEM, 1);
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @Test
    void everyAdviceIsThereAndBindsItsNumber() {
        TypePool pool = TypePool.Default.of(
                ClassFileLocator.ForClassLoader.of(getClass().getClassLoader()));
        for (Hook hook : all()) {
            for (TypeTarget target : hook.targets()) {
                target.groups().forEach(group -> group.forEach(point -> assertAdvice(hook, point, pool)));
            }
        }
    }

    private List<Hook> all() {
        return Hooks.all(recorder, (message, failure) -> {
            throw new AssertionError(message, failure);
        });
    }

    @Test
    void oneThatCannotBeMadeLeavesTheOthers() {
        List<String> troubles = new ArrayList<>();
        List<Hook> made = Hooks.made(
                List.of(
                        recorder -> {
                            throw new NoClassDefFoundError("java/sql/Driver");
                        },
                        JdkClientHook::new),
                recorder,
                (message, failure) -> troubles.add(message + ": " + failure.getMessage()));
        assertThat(made).extracting(Hook::name).containsExactly(new JdkClientHook(recorder).name());
        assertThat(troubles).containsExactly("a hook could not be made, its library runs unmeasured: java/sql/Driver");
    }

    private static void assertAdvice(Hook hook, JoinPoint point, TypePool pool) {
        TypePool.Resolution found = pool.describe(point.adviceClass());
        assertThat(found.isResolved())
                .as("%s: %s names the advice %s", hook.name(), point.method(), point.adviceClass())
                .isTrue();
        List<? extends MethodDescription> advice = found.resolve().getDeclaredMethods().stream()
                .filter(method -> isAnnotated(method, Advice.OnMethodEnter.class)
                        || isAnnotated(method, Advice.OnMethodExit.class))
                .toList();
        assertThat(advice).as(point.adviceClass()).isNotEmpty().allSatisfy(method -> {
            assertThat(method.isStatic()).as("%s is static", method).isTrue();
            assertThat(method.getParameters())
                    .as("%s takes its number", method)
                    .anyMatch(parameter -> parameter.getDeclaredAnnotations().isAnnotationPresent(HookId.class));
        });
    }

    private static boolean isAnnotated(MethodDescription method, Class<?> annotation) {
        return method.getDeclaredAnnotations().stream()
                .anyMatch(each -> each.getAnnotationType().equals(TypeDescription.ForLoadedType.of(annotation)));
    }

    @Test
    void namesAreUniqueAndEveryPointHasItsProbe() {
        List<Hook> hooks = all();
        assertThat(hooks).extracting(Hook::name).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z0-9-]+"));
        assertThat(new HookIndex(hooks).probes()).doesNotContainNull().hasSizeGreaterThanOrEqualTo(hooks.size());
    }

    @Test
    void hooksAreSwitchedOffByNameAndUnknownNamesAreReported() {
        String first = all().get(0).name();
        ConfigSource config =
                new ConfigSource("hooks.disabled=" + first + ";jdbcc", new Properties(), Map.of(), line -> {
                    throw new AssertionError(line);
                });
        AgentLog log = new AgentLog(new PrintStream(errors, true, StandardCharsets.UTF_8), false, System::nanoTime);
        assertThat(Hooks.enabled(recorder, config, log))
                .extracting(Hook::name)
                .doesNotContain(first)
                .hasSize(all().size() - 1);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .startsWith("Headroom: agent argument hooks.disabled names \"jdbcc\", expected some of [" + first);
    }
}
