package dev.headroom;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;
import org.junit.jupiter.api.Test;

/** ARCHITECTURE.md, section "Who may depend on whom", for the agent. */
class ArchitectureTest {
    private static final String CORE = "dev.headroom.core";
    /** A process of its own. */
    private static final String COMMANDS = "dev.headroom.agent.cli";

    private static final String[] SHARED = {
        "dev.headroom.histogram..", "dev.headroom.otlp..", "dev.headroom.catalog..", "dev.headroom.sql.."
    };

    private static final JavaClasses AGENT = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void theSystemLoadersSideKnowsOnlyTheJdk() {
        uses("dev.headroom.agent..", "it lives on the application's class path, before anything is set up");
    }

    @Test
    void onlyTheDispatcherAndAdviceTalkToTheBridge() {
        check(noClasses()
                .that(not(describe(
                        "the dispatcher, the bridge or advice",
                        type -> type.getName().equals(CORE + ".Dispatcher")
                                || type.getPackageName().equals("java.lang")
                                || isAdvice(type))))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.HeadroomBridge")
                .because("what woven code sees stays one small type with one implementation"));
    }

    @Test
    void nothingKnowsTheWiring() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CORE)
                .because("parts are made by Agent and do not reach back"));
    }

    @Test
    void hooksKnowTheRecorderAndTheirLanguage() {
        uses(
                CORE + ".hook..",
                "a new library is one file",
                CORE + ".hook..",
                CORE + ".record..",
                CORE + ".control..",
                CORE + ".config..",
                CORE + ".log..",
                "dev.headroom.catalog..",
                SHARED[3],
                "net.bytebuddy..");
        check(slices().matching(CORE + ".hook.(*)..")
                .should()
                .notDependOnEachOther()
                .because("a library can be taken out by deleting its folder"));
    }

    @Test
    void weavingKnowsHooksOnly() {
        uses(
                CORE + ".weave..",
                "what is woven is declared, not coded",
                CORE + ".weave..",
                CORE + ".hook",
                CORE + ".config..",
                CORE + ".log..",
                "net.bytebuddy..");
    }

    @Test
    void exportKnowsWindowsAndTheWire() {
        uses(
                CORE + ".export..",
                "sending does not care what was measured",
                CORE + ".export..",
                CORE + ".record..",
                CORE + ".control..",
                CORE + ".config..",
                CORE + ".log..",
                SHARED[0],
                SHARED[1],
                SHARED[2]);
    }

    @Test
    void costKnowsRecordingAndSwitches() {
        uses(
                CORE + ".cost..",
                "what is measured of the agent does not depend on what the agent measures",
                CORE + ".cost..",
                CORE + ".record..",
                CORE + ".control..",
                "dev.headroom.catalog..",
                "com.sun.management");
    }

    @Test
    void recordingKnowsHistogramsAndNames() {
        uses(
                CORE + ".record..",
                "it runs inside the application's operations",
                CORE + ".record..",
                CORE + ".control..",
                CORE + ".config..",
                CORE + ".log..",
                SHARED[0],
                SHARED[2]);
    }

    @Test
    void configurationAndLogKnowOnlyTheJdk() {
        uses(CORE + ".config..", "options are read before anything else is there", CORE + ".config..");
        uses(CORE + ".log..", "every part may write to it", CORE + ".log..");
    }

    @Test
    void switchesKnowOnlyTheJdk() {
        uses(CORE + ".control..", "every part may ask them");
    }

    @Test
    void sharedPackagesKnowOnlyTheJdk() {
        uses(SHARED[0], "the dashboard uses them too", SHARED[0]);
        uses(SHARED[2], "the dashboard uses them too", SHARED[2]);
        uses(SHARED[1], "the dashboard uses them too", SHARED);
        uses(SHARED[3], "the dashboard uses them too", SHARED[3]);
    }

    @Test
    void noPackagesDependInACircle() {
        check(slices().matching("dev.headroom.(**)").should().beFreeOfCycles());
    }

    @Test
    void theJdkIsUsedWithCare() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "java.nio.file..", "java.net.http..", "sun..")
                .because("early use of these changes or blocks the application's own start"));
        check(noClasses()
                .that()
                .haveNameNotMatching(".*Gauges(\\$.*)?")
                .and()
                .haveNameNotMatching(".*\\.cost\\.Own(Thread|Classes)")
                .and()
                .resideOutsideOfPackage(COMMANDS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.management..", "java.lang.management..")
                .because("the first to touch management decides which server it is"));
        check(noClasses()
                .that()
                .resideOutsideOfPackage(COMMANDS)
                .should()
                .accessField(System.class, "out")
                .because("stdout is the application's"));
        check(noClasses()
                .that()
                .resideOutsideOfPackage(COMMANDS)
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .because("no mistake of ours ends an application"));
    }

    @Test
    void applicationThreadsMeetNoCostlyLibrary() {
        check(noClasses()
                .that()
                .resideInAnyPackage(CORE + ".hook..", CORE + ".record..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.stream..", "java.util.regex..")
                .orShould()
                .callMethod(String.class, "format", String.class, Object[].class)
                .because("they allocate, and every operation would pay"));
    }

    /** ArchUnit sees the modifier, but not a synchronized block. */
    @Test
    void applicationThreadsMeetNoMonitor() throws IOException {
        List<String> locking = new ArrayList<>();
        for (JavaClass type : AGENT) {
            if (resideInAnyPackage(CORE + ".hook..", CORE + ".record..").test(type)
                    && !type.getSimpleName().equals("StripedHistogram")
                    && !type.getSimpleName().equals("Elsewhere")) {
                Path file = Path.of("target", "classes", type.getName().replace('.', '/') + ".class");
                new ClassReader(Files.readAllBytes(file)).accept(new Monitors(type.getName(), locking), 0);
            }
        }
        assertThat(locking)
                .as("an application's thread that waits for another is slowed by us; only the stripe"
                        + " and the account of several threads may lock, each for a few instructions")
                .isEmpty();
    }

    @Test
    void threadsOfTheApplicationKeepNothingOfOurs() {
        check(noClasses()
                .that()
                .resideInAPackage(CORE + "..")
                .and(not(describe(
                        "one of the two that put arrays of the JDK there",
                        type -> type.getSimpleName().equals("PerThread")
                                || type.getSimpleName().equals("KeyPatterns"))))
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class)
                .because("a thread's table would hold the agent's loader after a detach; PerThread lets go"));
    }

    @Test
    void commandsAreAProcessOfTheirOwn() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(COMMANDS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(COMMANDS)
                .because("they are never loaded in an application"));
    }

    @Test
    void onlyWeavingAndHooksNameByteBuddy() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(CORE + ".weave..", CORE + ".hook..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("net.bytebuddy..")
                .because("it is loaded late, or not at all"));
    }

    @Test
    void adviceNeverThrowsIntoALibrary() {
        check(methods()
                .that(describe("are advice", ArchitectureTest::isAdvice))
                .should(new ArchCondition<JavaMethod>("suppress whatever is thrown inside") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        boolean suppresses = annotations(method)
                                .allMatch(advice -> advice.get("suppress")
                                        .map(type -> ((JavaClass) type).isEquivalentTo(Throwable.class))
                                        .orElse(false));
                        events.add(new SimpleConditionEvent(
                                method, suppresses, method.getFullName() + " lacks suppress = Throwable.class"));
                    }
                })
                .because("inlined code that fails would fail the application"));
    }

    @Test
    void adviceThatEndsACallAlsoSeesExceptions() {
        check(methods()
                .that(describe(
                        "have a parameter for what was thrown",
                        method -> method.getParameters().stream()
                                .anyMatch(parameter -> parameter.isAnnotatedWith(Advice.Thrown.class))))
                .should(new ArchCondition<JavaMethod>("run on exceptions too") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        boolean onThrowable = annotations(method)
                                .allMatch(advice -> advice.get("onThrowable")
                                        .map(type -> ((JavaClass) type).isEquivalentTo(Throwable.class))
                                        .orElse(false));
                        events.add(new SimpleConditionEvent(
                                method, onThrowable, method.getFullName() + " lacks onThrowable = Throwable.class"));
                    }
                })
                .because("a call that fails must end like any other"));
    }

    private static Stream<JavaAnnotation<JavaMethod>> annotations(JavaMethod method) {
        return method.getAnnotations().stream()
                .filter(each -> each.getRawType().isEquivalentTo(Advice.OnMethodEnter.class)
                        || each.getRawType().isEquivalentTo(Advice.OnMethodExit.class));
    }

    private static boolean isAdvice(JavaMethod method) {
        return annotations(method).findAny().isPresent();
    }

    private static boolean isAdvice(JavaClass type) {
        return type.getMethods().stream().anyMatch(ArchitectureTest::isAdvice);
    }

    /** Of what is not the JDK, classes of the package use these packages only. */
    private void uses(String aPackage, String because, String... others) {
        DescribedPredicate<JavaClass> allowed = resideInAnyPackage(
                        Stream.concat(Arrays.stream(others), Stream.of(aPackage))
                                .toArray(String[]::new))
                .or(describe("the JDK", ArchitectureTest::ofTheJdk))
                .or(resideInAnyPackage("org.jspecify.annotations"));
        check(classes()
                .that()
                .resideInAPackage(aPackage)
                .and(not(describe("advice", ArchitectureTest::isAdvice)))
                .should()
                .onlyDependOnClassesThat(allowed)
                .because(because));
    }

    private static boolean ofTheJdk(JavaClass type) {
        String name = type.isArray() ? type.getBaseComponentType().getName() : type.getName();
        return type.isPrimitive()
                || type.getBaseComponentType().isPrimitive()
                || name.startsWith("java.")
                || name.startsWith("javax.net.")
                || name.startsWith("javax.sql.");
    }

    private void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(AGENT);
    }

    private static final class Monitors extends ClassVisitor {
        private final String type;
        private final List<String> locking;

        Monitors(String type, List<String> locking) {
            super(OpenedClassReader.ASM_API);
            this.type = type;
            this.locking = locking;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            String method = type + "." + name;
            if ((access & Opcodes.ACC_SYNCHRONIZED) != 0) {
                locking.add(method);
            }
            return new MethodVisitor(OpenedClassReader.ASM_API) {
                @Override
                public void visitInsn(int opcode) {
                    if (opcode == Opcodes.MONITORENTER) {
                        locking.add(method);
                    }
                }
            };
        }
    }
}
