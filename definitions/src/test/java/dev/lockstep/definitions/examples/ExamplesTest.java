package dev.lockstep.definitions.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.definitions.check.KindNames;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.model.Step;
import dev.lockstep.definitions.yaml.DefinitionReader;
import dev.lockstep.definitions.yaml.DefinitionWriter;
import dev.lockstep.definitions.yaml.Reading;
import dev.lockstep.definitions.yaml.Source;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ExamplesTest {
  static List<Example> examples() {
    return Examples.all();
  }

  static List<Example> migrations() {
    return Stream.of(Examples.migrations(), Examples.guarded()).flatMap(List::stream).toList();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void readsAndChecksClean(Example example) {
    assertThat(example.definitions().problems()).isEmpty();
    assertThat(example.definitions().all()).endsWith(example.subject());
  }

  @ParameterizedTest
  @MethodSource("migrations")
  void anExampleOfAMigrationIsOneOfTheShop(Example example) {
    assertThat(example.definitions().migrations()).containsExactly(example.migration());
    assertThat(example.subject()).isEqualTo(example.migration());
    assertThat(example.database().name()).isEqualTo("shop");
  }

  @Test
  void everyKindThatCanBeRunHasAnExample() {
    assertThat(Examples.copies())
        .extracting(example -> example.subject().getClass().getSimpleName())
        .containsOnly("Backup", "Restore", "Drill")
        .contains("Backup", "Restore", "Drill");
  }

  @ParameterizedTest
  @MethodSource("runnable")
  void whatItShowsCanBeRun(Example example) {
    assertThat(example.definitions().runnables()).endsWith(example.subject());
  }

  static List<Example> runnable() {
    return Stream.of(Examples.migrations(), Examples.copies(), Examples.guarded())
        .flatMap(List::stream)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void writesBackEqual(Example example) {
    List<Definition> definitions = example.definitions().all();

    String written = DefinitionWriter.write(definitions);
    Reading again = DefinitionReader.read(List.of(Source.ofText("written", written)));

    assertThat(again.problems()).isEmpty();
    assertThat(again.definitions()).isEqualTo(definitions);
    assertThat(DefinitionWriter.write(again.definitions())).isEqualTo(written);
  }

  @Test
  void everyKindOfChangeAndStepHasAnExample() {
    TreeSet<String> shown = new TreeSet<>();
    for (Example example : Examples.migrations()) {
      example.migration().changes().forEach(change -> shown.add(change.getClass().getSimpleName()));
      example.migration().steps().forEach(step -> shown.add(step.getClass().getSimpleName()));
    }

    assertThat(shown).containsAll(names(Change.class)).containsAll(names(Step.class));
  }

  private static List<String> names(Class<?> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses()).map(Class::getSimpleName).toList();
  }

  @Test
  void everyFileIsListed() throws IOException, URISyntaxException {
    Path folder = Path.of(Objects.requireNonNull(Examples.class.getResource("/examples/")).toURI());
    try (Stream<Path> files = Files.list(folder)) {
      List<String> yaml =
          files
              .map(file -> Objects.requireNonNull(file.getFileName()).toString())
              .filter(name -> name.endsWith(".yaml"))
              .sorted()
              .toList();

      assertThat(Examples.all()).extracting(Example::file).isEqualTo(yaml);
    }
  }

  @Test
  void theFiveStepsStayWhatTheyAre() {
    assertThat(Examples.named("14-five-steps.yaml").migration().changes())
        .extracting(KindNames::of)
        .containsExactly("addColumn", "dropColumn", "dropColumn");
  }

  @Test
  void theSchemaHasTheTablesOfTheExamples() {
    assertThat(Examples.schemaSql()).contains("table customers", "table orders", "table coupons");
  }

  @Test
  void namesAnExampleThatIsNotThere() {
    assertThatThrownBy(() -> Examples.named("99-nothing.yaml")).hasMessageContaining("99-nothing");
  }
}
