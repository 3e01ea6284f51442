package dev.lockstep.activities;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the hands may not do: know the workflow that moves them, or one another. */
@NullMarked
final class ArchitectureTest {
  private static final String HERE = "dev.lockstep.activities";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(HERE);

  @Test
  void everyPackageIsNullMarked() {
    classes()
        .should(
            ArchCondition.from(
                describe(
                    "be in a package annotated @NullMarked",
                    type -> type.getPackage().isAnnotatedWith(NullMarked.class))))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void nothingKnowsTheLaterModules() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.lockstep.worker..", "dev.lockstep.deploy..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void activitiesDoNotReachIntoWorkflows() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.lockstep.workflows.engine..", "io.temporal.workflow..")
        .because("activities are called by their contract and know no more than it says")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"postgres", "mysql", "mongodb", "redis", "elasticsearch", "kafka", "kubernetes"})
  void noAdapterKnowsAnother(String adapter) {
    noClasses()
        .that()
        .resideInAnyPackage(
            HERE + ".postgres..",
            HERE + ".mysql..",
            HERE + ".mongodb..",
            HERE + ".redis..",
            HERE + ".elasticsearch..",
            HERE + ".kafka..",
            HERE + ".kubernetes..")
        .and()
        .resideOutsideOfPackage(HERE + "." + adapter + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(HERE + "." + adapter + "..")
        .because("what two adapters share has a package of its own, such as ledger")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void onlyTheClusterAdapterKnowsTheClusterClient() {
    noClasses()
        .that()
        .resideOutsideOfPackage(HERE + ".kubernetes..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.fabric8..")
        .because("one translator a technology turns its failures into faults")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void packagesDoNotDependOnEachOtherInCircles() {
    slices()
        .matching(HERE + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(CLASSES);
  }
}
