package dev.lockstep.definitions.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.examples.Examples;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.parameters.Parameters;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.definitions.yaml.Source;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FillingTest {
  private static Migration migration(String... edit) {
    String text = Examples.named("35-trigger-deploy.yaml").text();
    for (int index = 0; index < edit.length; index += 2) {
      text = text.replace(edit[index], edit[index + 1]);
    }
    Definitions definitions = Definitions.load(List.of(Source.ofText("test.yaml", text)));
    return definitions.migrations().get(0);
  }

  private static List<String> problems(Migration migration, Map<String, String> values) {
    return Filling.of(migration, values).problems().stream()
        .map(problem -> problem.code() + " " + problem.path())
        .toList();
  }

  @Test
  void eachPlaceGetsTheValueOfItsName() {
    Migration migration =
        migration("name: web}", "name: \"web-${stage}\"}", "shop-web:", "${stage}-web:");
    assertThat(Parameters.of(migration)).containsExactly("stage", "tag");

    Filling filling = Filling.of(migration, Map.of("tag", "1.2", "stage", "blue"));

    assertThat(filling.problems()).isEmpty();
    assertThat(filling.migration().rollouts().get(0).workload().name()).isEqualTo("web-blue");
    assertThat(filling.migration().rollouts().get(0).images())
        .containsEntry("web", "registry.example.com/blue-web:1.2");
  }

  @Test
  void aMigrationWithoutPlacesStaysAsItIs() {
    Migration migration = migration("${tag}", "2");

    assertThat(Filling.of(migration, Map.of())).isEqualTo(new Filling(migration, List.of()));
    assertThat(problems(migration, Map.of("tag", "3")))
        .containsExactly("FIELD_UNKNOWN parameters.tag");
  }

  @Test
  void aValueThatIsMissingIsAskedFor() {
    assertThat(Filling.of(migration(), Map.of()).problems().toString())
        .contains("parameters.tag", "--parameter tag=VALUE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "'; drop table x", "${tag}", "-x", "a\nb"})
  void whatDoesNotFitIntoAnImageIsRefused(String value) {
    assertThat(problems(migration(), Map.of("tag", value))).contains("VALUE_WRONG parameters.tag");
  }

  @Test
  void aNameMustStayAName() {
    Migration migration = migration("name: web}", "name: \"web-${tag}\"}");

    assertThat(problems(migration, Map.of("tag", "a/b")))
        .containsExactly("VALUE_WRONG spec.rollouts[0].workload.name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${Tag}", "${tag", "${}", "${a b}"})
  void whatBeginsLikeAPlaceAndIsNoneIsRefused(String text) {
    String example = Examples.named("35-trigger-deploy.yaml").text().replace("${tag}", text);

    assertThat(Definitions.load(List.of(Source.ofText("test.yaml", example))).problems().toString())
        .contains("VALUE_WRONG", "containers.web.image", "begins no parameter");
  }

  @Test
  void placesInSqlAreNone() {
    Migration migration =
        migration(
            "{table: customers, column: {name: note, type: text}}",
            "{table: customers, column: {name: note, type: text}, up: \"'${sql}'\"}");

    assertThat(Parameters.of(migration)).containsExactly("tag");
  }
}
