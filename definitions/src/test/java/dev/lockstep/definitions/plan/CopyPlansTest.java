package dev.lockstep.definitions.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.definitions.examples.Example;
import dev.lockstep.definitions.examples.Examples;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Drill;
import dev.lockstep.definitions.model.DrillPlace;
import dev.lockstep.definitions.model.Restore;
import dev.lockstep.definitions.model.Which;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.definitions.yaml.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole plans of the examples, compared with files. {@code -Dplans.refresh=true} writes the files
 * anew.
 */
final class CopyPlansTest {
  private static final Path FOLDER = Path.of("src/test/resources/plans");

  static List<Example> examples() {
    return Examples.copies();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleHasItsPlan(Example example) throws IOException {
    Definitions definitions = example.definitions();
    compare(
        example.file().replace(".yaml", ""), example.subject().accept(new CopyPlans(definitions)));
  }

  @Test
  void aRestoreInPlaceKeepsWhatItReplaces() throws IOException {
    String inPlace =
        Examples.named("27-restore.yaml")
            .text()
            .replace("into: {database: shop-copy}", "into: {database: shop}\n  inPlace: true")
            .replace("  checks:", "  only: {tables: [orders, public.coupons]}\n  checks:");
    Definitions definitions = Definitions.load(List.of(Source.ofText("f", inPlace)));
    assertThat(definitions.problems()).isEmpty();
    Restore restore = definitions.find(Restore.class, "shop-copy").orElseThrow();

    compare("restore-in-place", restore.accept(new CopyPlans(definitions)));
  }

  private static void compare(String name, Plan plan) throws IOException {
    String text = PlanPrint.of(plan);
    Path file = FOLDER.resolve(name + ".txt");
    if (Boolean.getBoolean("plans.refresh")) {
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }

  @Test
  void onlyARestoreInPlaceHasARestorePoint() {
    Definitions definitions = Examples.named("27-restore.yaml").definitions();
    CopyPlans plans = new CopyPlans(definitions);
    BackupReference copy = plans.reference("shop-nightly", CopyPlans.ID);
    BackupReference point = plans.reference("shop-nightly", CopyPlans.LATER);
    Restore beside = definitions.find(Restore.class, "shop-copy").orElseThrow();
    Restore inPlace =
        new Restore(
            beside.name(),
            beside.backup(),
            beside.which(),
            beside.into(),
            List.of(),
            List.of(),
            Optional.empty(),
            true);

    assertThatThrownBy(() -> RestorePlanner.plan(beside, copy, Optional.of(point)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RestorePlanner.plan(inPlace, copy, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void withoutTimeToKeepTheOldInstanceThereIsNoPause() {
    Definitions definitions =
        Definitions.load(
            List.of(
                Source.ofText(
                    "f",
                    Examples.named("28-restore-and-switch.yaml")
                        .text()
                        .replace("keepOld: 24h", "keepOld: 0s"))));
    Restore restore = definitions.find(Restore.class, "shop-back-to-noon").orElseThrow();

    assertThat(restore.accept(new CopyPlans(definitions)).steps())
        .extracting(PlannedStep::id)
        .contains("contract/switch", "finish/stop-old")
        .doesNotContain("contract/keep");
  }

  @Test
  void aRestoreIntoADatabaseMeansThatOne() {
    Definitions definitions = Examples.named("27-restore.yaml").definitions();
    Restore restore = definitions.find(Restore.class, "shop-copy").orElseThrow();
    Database source = definitions.findDatabase("shop").orElseThrow();

    assertThat(RestorePlanner.target(restore, source, definitions::findDatabase))
        .isEqualTo(definitions.findDatabase("shop-copy"));
    assertThat(RestorePlanner.target(restore, source, name -> Optional.empty())).isEmpty();
  }

  @Test
  void aNewInstanceIsReachedAsItsSourceBehindItsOwnService() {
    Definitions definitions = Examples.named("28-restore-and-switch.yaml").definitions();
    Restore restore = definitions.find(Restore.class, "shop-back-to-noon").orElseThrow();
    Database source = definitions.findDatabase("shop").orElseThrow();

    assertThat(RestorePlanner.target(restore, source, definitions::findDatabase))
        .contains(
            new Database(
                "postgres-new",
                source.engine(),
                new Connection.Service("shop", "postgres-new", 5432, "shop"),
                source.credentials(),
                List.of()));
    assertThat(RestorePlanner.target(restore, byUrl(source), definitions::findDatabase)).isEmpty();
  }

  @Test
  void aThrowAwayInstanceIsReachedInItsNamespace() {
    Definitions definitions = Examples.named("29-drill.yaml").definitions();
    Drill drill = definitions.find(Drill.class, "shop-drill").orElseThrow();
    Database source = definitions.findDatabase("shop").orElseThrow();
    BackupReference copy = new CopyPlans(definitions).reference("shop-nightly", CopyPlans.ID);

    assertThat(DrillPlanner.target(drill, copy, source, definitions::findDatabase))
        .contains(
            new Database(
                "shop-drill",
                source.engine(),
                new Connection.Service(
                    "lockstep-drill-shop-drill-20261126t020000z", "postgres", 5432, "shop"),
                source.credentials(),
                List.of()));
    assertThat(DrillPlanner.target(drill, copy, byUrl(source), definitions::findDatabase))
        .isEmpty();
  }

  @Test
  void aDrillIntoADatabaseMeansThatOne() {
    Definitions definitions = Examples.named("30-drill-into-database.yaml").definitions();
    Drill drill = definitions.find(Drill.class, "shop-drill").orElseThrow();
    Database source = definitions.findDatabase("shop").orElseThrow();
    BackupReference copy = new CopyPlans(definitions).reference("shop-nightly", CopyPlans.ID);

    assertThat(DrillPlanner.target(drill, copy, source, definitions::findDatabase))
        .isEqualTo(definitions.findDatabase("shop-drill"));
  }

  @Test
  void longNamesOfDrillsGiveNamespacesThatDiffer() {
    String first = namespace("a".repeat(40) + "-first");
    String second = namespace("a".repeat(40) + "-second");

    assertThat(List.of(first, second))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z0-9][-a-z0-9]{0,61}[a-z0-9]"))
        .allMatch(name -> name.startsWith("lockstep-drill-aaa"))
        .allMatch(name -> name.endsWith("-20261126t020000z"));
    assertThat(namespace("a".repeat(31))).hasSize(63).contains("-" + "a".repeat(31) + "-");
    assertThat(namespace("a".repeat(32))).hasSize(63).doesNotContain("a".repeat(32));
  }

  private static String namespace(String name) {
    Definitions definitions = Examples.named("29-drill.yaml").definitions();
    Drill drill =
        new Drill(
            name,
            "shop-nightly",
            Which.LATEST,
            new DrillPlace.Scratch("shop", "postgres", Duration.ofHours(2)),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return drill.accept(new CopyPlans(definitions)).steps().stream()
        .map(PlannedStep::action)
        .flatMap(CopyPlansTest::instances)
        .map(Instance::namespace)
        .findFirst()
        .orElseThrow();
  }

  private static Stream<Instance> instances(Action action) {
    return action instanceof Action.OfBackup of && of.step() instanceof BackupStep.MakeInstance make
        ? Stream.of(make.instance())
        : Stream.empty();
  }

  private static Database byUrl(Database database) {
    return new Database(
        database.name(),
        database.engine(),
        new Connection.Url("jdbc:postgresql://localhost/shop"),
        database.credentials(),
        List.of());
  }
}
