package dev.lockstep.deploy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * What installs and drives Lockstep does so from outside, as a user would: its tests included. Only
 * benchmarks and trials of one dump engine reach inside, to have one part alone.
 */
@NullMarked
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPackages("dev.lockstep.deploy");

  @Test
  void nothingReachesInside() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.lockstep.deploy.bench..", "dev.lockstep.deploy.engines..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.lockstep.activities..", "dev.lockstep.workflows.engine..")
        .check(CLASSES);
  }
}
