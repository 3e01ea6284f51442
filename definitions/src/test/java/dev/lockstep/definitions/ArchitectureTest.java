package dev.lockstep.definitions;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * What the language may not know: the later modules, the format it is written in, and the moment.
 */
@NullMarked
final class ArchitectureTest {
  private static final String HERE = "dev.lockstep.definitions";
  private static final String MODEL = HERE + ".model..";
  private static final String PLAN = HERE + ".plan..";
  private static final String LINT = HERE + ".lint..";
  private static final String YAML = HERE + ".yaml..";
  private static final String[] PURE = {
    MODEL, PLAN, LINT, HERE + ".check..", HERE + ".clock..", HERE + ".parameters.."
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(HERE);

  /** Calls whose answer differs from run to run or from machine to machine. */
  private static final DescribedPredicate<JavaAccess<?>> AMBIENT =
      describe(
          "the clock, chance or the environment answers",
          access -> {
            AccessTarget target = access.getTarget();
            String owner = target.getOwner().getName();
            return (owner.startsWith("java.time.") && target.getName().startsWith("now"))
                || Set.of("java.time.Clock", "java.util.Random", "java.security.SecureRandom")
                    .contains(owner)
                || Set.of(
                        "java.lang.Math.random",
                        "java.lang.System.currentTimeMillis",
                        "java.lang.System.nanoTime",
                        "java.lang.System.getenv",
                        "java.lang.System.getProperty",
                        "java.util.UUID.randomUUID")
                    .contains(owner + "." + target.getName());
          });

  /**
   * Collections that every JVM iterates in an order of its own: in a plan, another hash each time.
   */
  private static final DescribedPredicate<JavaAccess<?>> SHUFFLED =
      describe(
          "a collection is made whose order differs from JVM to JVM",
          access -> {
            AccessTarget target = access.getTarget();
            return Set.of(
                    "java.util.Map.copyOf",
                    "java.util.Set.copyOf",
                    "java.util.stream.Collectors.toUnmodifiableMap",
                    "java.util.stream.Collectors.toUnmodifiableSet")
                .contains(target.getOwner().getName() + "." + target.getName());
          });

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
        .resideInAnyPackage(
            "dev.lockstep.workflows..",
            "dev.lockstep.activities..",
            "dev.lockstep.worker..",
            "dev.lockstep.deploy..",
            "io.temporal..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void onlyTheReaderAndWriterKnowTheFormat() {
    noClasses()
        .that()
        .resideOutsideOfPackage(YAML)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.fasterxml..", "org.yaml..")
        .because("wire names are bound outside the model, in package yaml")
        .allowEmptyShould(true)
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(YAML)
        .because("what a definition says does not depend on how it is written")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void theModelKnowsNothingElse() {
    noClasses()
        .that()
        .resideInAPackage(MODEL)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(HERE + ".check..", PLAN, LINT)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  /** A plan carries the hazards that lint finds in it: the one way back that is wanted. */
  @Test
  void packagesDoNotDependOnEachOtherInCircles() {
    slices()
        .matching(HERE + ".(*)..")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(resideInAPackage(PLAN), resideInAPackage(LINT))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void checkingAndPlanningDoesNoInputOrOutput() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.io..", "java.net..", "java.nio.file..", "java.sql..", "java.util.concurrent..")
        .because("the planner is a function of the definition and the observation")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void checkingAndPlanningAsksNoClockNorChance() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .accessTargetWhere(AMBIENT)
        .because("the planner is a function of the definition and the observation")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void aPlanKeepsTheOrderItWasGiven() {
    noClasses()
        .that()
        .resideInAnyPackage(MODEL, PLAN)
        .should()
        .accessTargetWhere(SHUFFLED)
        .because("the same definition gives the same plan, byte for byte")
        .allowEmptyShould(true)
        .check(CLASSES);
  }
}
