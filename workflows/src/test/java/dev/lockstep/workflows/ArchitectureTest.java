package dev.lockstep.workflows;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * What workflow code may not do. A workflow is replayed from its history, perhaps years later and
 * on another machine, and has to come to the same commands in the same order each time.
 */
@NullMarked
final class ArchitectureTest {
  private static final String HERE = "dev.lockstep.workflows";
  private static final String ENGINE = HERE + ".engine..";
  private static final String REPLAYED = "workflow code is replayed and must come to the same end";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(HERE);

  /** Calls whose answer differs from run to run or from machine to machine. */
  private static final DescribedPredicate<JavaAccess<?>> AMBIENT =
      describe(
          "the clock, chance or the environment answers (Workflow has currentTimeMillis,"
              + " randomUUID, newRandom)",
          access -> {
            AccessTarget target = access.getTarget();
            String owner = target.getOwner().getName();
            return (owner.startsWith("java.time.") && target.getName().startsWith("now"))
                || Set.of(
                        "java.lang.ProcessHandle",
                        "java.lang.Runtime",
                        "java.security.SecureRandom",
                        "java.time.Clock")
                    .contains(owner)
                || Set.of(
                        "java.lang.Math.random",
                        "java.lang.System.currentTimeMillis",
                        "java.lang.System.nanoTime",
                        "java.lang.System.getenv",
                        "java.lang.System.getProperty",
                        "java.lang.System.identityHashCode",
                        "java.util.Random.<init>",
                        "java.util.UUID.randomUUID")
                    .contains(owner + "." + target.getName());
          });

  /**
   * Collections whose order differs from JVM to JVM. {@code Map.of} and {@code Set.of} with no more
   * than one entry have only one order.
   */
  private static final DescribedPredicate<JavaAccess<?>> SHUFFLED =
      describe(
          "a collection is made that has no order (LinkedHashMap, TreeMap, EnumMap and List have"
              + " one)",
          access -> {
            AccessTarget target = access.getTarget();
            String name = target.getOwner().getName() + "." + target.getName();
            int entries = name.equals("java.util.Map.of") ? arity(target) / 2 : arity(target);
            return Set.of(
                        "java.util.HashMap.<init>",
                        "java.util.HashSet.<init>",
                        "java.util.IdentityHashMap.<init>",
                        "java.util.WeakHashMap.<init>",
                        "java.util.Map.copyOf",
                        "java.util.Map.ofEntries",
                        "java.util.Set.copyOf",
                        "java.util.stream.Collectors.toSet",
                        "java.util.stream.Collectors.toUnmodifiableMap",
                        "java.util.stream.Collectors.toUnmodifiableSet")
                    .contains(name)
                || (Set.of("java.util.Map.of", "java.util.Set.of").contains(name)
                    && (entries > 1 || takesAnArray(target)))
                || (name.equals("java.util.stream.Collectors.toMap") && arity(target) < 4)
                || (name.equals("java.util.stream.Collectors.groupingBy") && arity(target) < 3);
          });

  /** Threads and what waits for them: the SDK runs a workflow's threads one at a time. */
  private static final DescribedPredicate<JavaClass> THREADS =
      describe(
          "are threads, locks or executors (Workflow has Async, Promise, await)",
          type ->
              Set.of("java.lang.Thread", "java.lang.ThreadLocal", "java.util.Timer")
                      .contains(type.getName())
                  || (type.getPackageName().startsWith("java.util.concurrent")
                      && !Set.of("Callable", "CancellationException", "TimeUnit")
                          .contains(type.getSimpleName())));

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
            "dev.lockstep.activities..", "dev.lockstep.worker..", "dev.lockstep.deploy..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void whatOthersCallDoesNotKnowTheEngine() {
    noClasses()
        .that()
        .resideInAnyPackage(HERE + ".api..", HERE + ".contract..", HERE + ".fault..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ENGINE)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  /** What is asked of a workflow and what it asks of activities share values: they are one side. */
  @Test
  void packagesDoNotDependOnEachOtherInCircles() {
    slices()
        .matching(HERE + ".(*)..")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(resideInAPackage(HERE + ".contract.."), resideInAPackage(HERE + ".api.."))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void theEngineAsksNoClockNorChance() {
    noClasses()
        .that()
        .resideInAPackage(ENGINE)
        .should()
        .accessTargetWhere(AMBIENT)
        .because(REPLAYED)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void theEngineStartsNoThreads() {
    noClasses()
        .that()
        .resideInAPackage(ENGINE)
        .should()
        .dependOnClassesThat(THREADS)
        .because(REPLAYED)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void theEngineDoesNoInputOrOutput() {
    noClasses()
        .that()
        .resideInAPackage(ENGINE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.io..",
            "java.net..",
            "java.nio.channels..",
            "java.nio.file..",
            "java.sql..",
            "javax.sql..")
        .because(REPLAYED)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void theEngineIteratesNothingInHashOrder() {
    noClasses()
        .that()
        .resideInAPackage(ENGINE)
        .should()
        .accessTargetWhere(SHUFFLED)
        .because(REPLAYED)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void theEngineLogsThroughTheWorkflow() {
    noClasses()
        .that()
        .resideInAPackage(ENGINE)
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.slf4j.LoggerFactory")
        .because("Workflow.getLogger is silent while a workflow is replayed")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  private static int arity(AccessTarget target) {
    return target instanceof AccessTarget.CodeUnitAccessTarget called
        ? called.getRawParameterTypes().size()
        : 0;
  }

  private static boolean takesAnArray(AccessTarget target) {
    return target instanceof AccessTarget.CodeUnitAccessTarget called
        && called.getRawParameterTypes().stream().anyMatch(JavaClass::isArray);
  }
}
