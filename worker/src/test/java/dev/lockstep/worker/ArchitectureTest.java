package dev.lockstep.worker;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import io.temporal.activity.ActivityInterface;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Who in the process may do what only one may do. */
@NullMarked
final class ArchitectureTest {
  private static final String HERE = "dev.lockstep.worker";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(HERE);

  private static final DescribedPredicate<JavaAccess<?>> MAKES_AN_ADAPTER =
      describe(
          "an activity adapter is made",
          access ->
              access.getTarget().getName().equals("<init>")
                  && isAnAdapter(access.getTargetOwner()));

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
  void nothingKnowsTheLaterModule() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.lockstep.deploy..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void onlyWiringMakesAdapters() {
    noClasses()
        .that()
        .doNotHaveSimpleName("Wiring")
        .should()
        .accessTargetWhere(MAKES_AN_ADAPTER)
        .because("who is connected with whom is read in one place")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void onlyTheEmbeddedPackageKnowsTheTestServer() {
    noClasses()
        .that()
        .resideOutsideOfPackage(HERE + ".embedded..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.temporal.internal..", "io.temporal.testserver..")
        .because("for everyone else the embedded engine is an address like that of a real server")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void onlyMainEndsTheProcess() {
    noClasses()
        .that()
        .doNotHaveSimpleName("Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .because("a command returns its exit code, so that a test can read it")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  private static boolean isAnAdapter(JavaClass type) {
    return type.getPackageName().startsWith("dev.lockstep.activities")
        && type.getAllRawInterfaces().stream()
            .anyMatch(contract -> contract.isAnnotatedWith(ActivityInterface.class));
  }
}
