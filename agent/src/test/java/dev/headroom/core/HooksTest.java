package dev.headroom.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.config.ConfigSource;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.hook.JoinPoint;
import dev.headroom.core.hook.TypeTarget;
import dev.headroom.core.log.AgentLog;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.weave.HookEntry;
import dev.headroom.core.weave.HookIndex;
import dev.headroom.core.weave.WeavingTransformer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        assertThat(Hooks.make(Broken.class.getName(), recorder, (message, failure) -> troubles.add(message + failure)))
                .isNull();
        assertThat(Hooks.make("no.such.Hook", recorder, (message, failure) -> troubles.add(message + failure)))
                .isNull();
        assertThat(troubles.get(0))
                .startsWith("a hook could not be made, its library runs unmeasured")
                .contains("java/sql/Driver");
        assertThat(troubles.get(1)).contains("no.such.Hook is no hook");
    }

    /** Needs a class that this JVM lacks. */
    public static final class Broken extends Hook {
        public Broken(Recorder recorder) {
            super("broken", "test", "1");
            throw new NoClassDefFoundError("java/sql/Driver");
        }
    }

    @Test
    void aHookIsMadeForTheFirstClassThatItWants() {
        List<String> made = new ArrayList<>();
        List<HookEntry> entries = Hooks.entries();
        HookIndex index = new HookIndex(entries, entry -> {
            made.add(entry.name());
            return Hooks.make(entry.hookClass(), recorder, (message, failure) -> {
                throw new AssertionError(message, failure);
            });
        });
        assertThat(index.probes()).containsOnlyNulls();
        new WeavingTransformer(index, log()).transform(null, "some/application/Type", null, null, new byte[0]);
        assertThat(made).isEmpty();
        new WeavingTransformer(index, log()).transform(null, "redis/clients/jedis/Connection", null, null, new byte[0]);
        assertThat(made).containsExactly("jedis");
        assertThat(Arrays.stream(index.probes()).filter(Objects::nonNull)).isNotEmpty();
    }

    private AgentLog log() {
        return new AgentLog(new PrintStream(errors, true, StandardCharsets.UTF_8), false, System::nanoTime);
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
        assertThat(HookIndex.of(hooks).probes()).doesNotContainNull().hasSizeGreaterThanOrEqualTo(hooks.size());
    }

    @Test
    void hooksAreSwitchedOffByNameAndUnknownNamesAreReported() {
        String first = all().get(0).name();
        assertThat(Hooks.enabled(config("trace.propagate=true,hooks.disabled=" + first + ";jdbcc"), log()))
                .extracting(HookEntry::name)
                .doesNotContain(first)
                .hasSize(all().size() - 1);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .startsWith("Headroom: agent argument hooks.disabled names \"jdbcc\", expected some of [" + first);
    }

    @Test
    void headersOfOutgoingCallsAreLeftAloneUnlessAskedFor() {
        assertThat(Hooks.enabled(config("trace.propagate=false"), log()))
                .extracting(HookEntry::name)
                .doesNotContain("trace-parent")
                .hasSize(all().size() - 1);
        assertThat(Hooks.enabled(config("trace.propagate=true"), log()))
                .extracting(HookEntry::name)
                .contains("trace-parent");
    }

    private static ConfigSource config(String arguments) {
        return new ConfigSource(arguments, new Properties(), Map.of(), line -> {
            throw new AssertionError(line);
        });
    }
}
