package dev.headroom.demo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The demo's part of the rules in ARCHITECTURE.md. */
class ArchitectureTest {
    private static final String[] FEATURES = {
        "catalog", "reviews", "orders", "baskets", "quotes", "reports", "petcare", "clinic", "journal", "tasks", "study"
    };

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.headroom.demo");

    @Test
    void nothingKnowsTheAgentOrTheDashboard() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.headroom.core..",
                        "dev.headroom.agent..",
                        "dev.headroom.dashboard..",
                        "dev.headroom.histogram..",
                        "dev.headroom.otlp..",
                        "dev.headroom.catalog..",
                        "dev.headroom.sql..")
                .because("the demo is a service like anybody's: what it shows must work for a stranger's too")
                .check(CLASSES);
    }

    @Test
    void aFeatureKnowsNoOtherFeatureAndNeitherLoadNorLauncher() {
        for (String feature : FEATURES) {
            for (String other : FEATURES) {
                if (!other.equals(feature)) {
                    forbid(feature, other);
                }
            }
            forbid(feature, "load");
            forbid(feature, "launcher");
        }
    }

    @Test
    void theLoadKnowsOnlyAddresses() {
        for (String feature : FEATURES) {
            forbid("load", feature);
            forbid("launcher", feature);
        }
        forbid("load", "launcher");
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("dev.headroom.demo.(*)..")
                .should()
                .beFreeOfCycles()
                .because("each feature can be read and removed by itself")
                .check(CLASSES);
    }

    private void forbid(String from, String to) {
        noClasses()
                .that()
                .resideInAPackage("dev.headroom.demo." + from + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.headroom.demo." + to + "..")
                .because("features are separate, and the load sees the shop only over HTTP")
                .check(CLASSES);
    }
}
