package dev.headroom.dashboard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may depend on whom, as drawn in ARCHITECTURE.md. */
class ArchitectureTest {
    private static final String ROOT = "dev.headroom.dashboard";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void theStoresInterfaceIsPlainJava() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".store")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".store", "dev.headroom.histogram", "dev.headroom.catalog", "java..", "org.jspecify..")
                .because("a store is swapped without touching those who use it: no Spring, no SQL, no Jedis in it")
                .check(CLASSES);
    }

    @Test
    void sqlStaysInTheLocalStoreAndWithPlans() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".store.local", ROOT + ".plan")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.sqlite..")
                .because("only one place knows the tables, and only one asks other databases, for plans")
                .check(CLASSES);
    }

    @Test
    void onlyTheWiringNamesTheLocalStore() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".store.local", ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".store.local")
                .because("which store it is, is decided once")
                .check(CLASSES);
    }

    @Test
    void theLocalStoreKnowsNothingAboveIt() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT,
                        ROOT + ".ingest..",
                        ROOT + ".operations..",
                        ROOT + ".budget..",
                        ROOT + ".api..",
                        ROOT + ".page..",
                        ROOT + ".live..",
                        ROOT + ".metrics..",
                        "org.springframework..",
                        "reactor..")
                .because("dependencies point down to the store, and it must run without Spring")
                .check(CLASSES);
    }

    @Test
    void receivingAndJudgingKnowTheStoreOnly() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".ingest..", ROOT + ".budget..", ROOT + ".operations..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".api..", ROOT + ".page..", ROOT + ".live..", ROOT + ".metrics..")
                .because("what is received, added up and judged does not depend on how it is shown")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".ingest..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".budget..", ROOT + ".operations..")
                .because("receiving goes on whatever is judged")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".budget..", ROOT + ".operations..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".ingest..")
                .because("numbers come from the store, however they got there")
                .check(CLASSES);
    }

    @Test
    void nobodyDependsOnTheLiveStream() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".live..", ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".live..")
                .because("the stream listens to the others")
                .check(CLASSES);
    }

    @Test
    void nobodyButTheApiAndTheStreamDependsOnPages() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".page..", ROOT + ".api..", ROOT + ".live..", ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".page..")
                .because("a page is the end of the walk; the stream shows the same records")
                .check(CLASSES);
    }

    @Test
    void noPackagesDependOnEachOtherInACycle() {
        slices().matching(ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .because("what is in a cycle can only be understood together")
                .check(CLASSES);
    }

    @Test
    void nothingBlocksAnEventLoop() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .should()
                .callMethod("reactor.core.publisher.Mono", "block")
                .orShould()
                .callMethod("reactor.core.publisher.Mono", "block", "java.time.Duration")
                .orShould()
                .callMethod("reactor.core.publisher.Flux", "blockFirst")
                .orShould()
                .callMethod("reactor.core.publisher.Flux", "blockLast")
                .because("one blocked event loop stops every connection on it; store work has its own threads")
                .check(CLASSES);
    }

    @Test
    void jacksonTwoIsNotUsedByAccident() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson.databind..")
                .because("Spring Boot 4 writes JSON with tools.jackson; a second mapper would have other rules")
                .check(CLASSES);
    }

    @Test
    void nobodyPrintsOrExits() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .and()
                .resideOutsideOfPackage(ROOT + ".command")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".DashboardApplication")
                .should()
                .accessField("java.lang.System", "out")
                .orShould()
                .accessField("java.lang.System", "err")
                .orShould()
                .callMethod("java.lang.System", "exit", "int")
                .because("a server logs, and stops by closing its context")
                .check(CLASSES);
    }

    @Test
    void nothingIsDeserialised() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "..", "dev.headroom..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo("java.io.ObjectInputStream")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.beans.XMLDecoder")
                .because("bytes that somebody sent could then make any object, and run its code")
                .check(CLASSES);
    }

    @Test
    void nobodyDependsOnMoreOfAccessThanItsEdge() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".store..",
                        ROOT + ".ingest..",
                        ROOT + ".budget..",
                        ROOT + ".operations..",
                        ROOT + ".live..",
                        ROOT + ".metrics..",
                        ROOT + ".control..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".access..", "org.springframework.security..")
                .because("who may do what is decided before a request gets there")
                .check(CLASSES);
    }
}
