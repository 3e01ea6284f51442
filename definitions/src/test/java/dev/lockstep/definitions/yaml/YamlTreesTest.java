package dev.lockstep.definitions.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.check.Problem;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.check.Problem.Place;
import dev.lockstep.definitions.model.Migration;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class YamlTreesTest {
  private static final String MIGRATION = BadDocument.MIGRATION;

  @Test
  void aTabIsNamed() {
    assertThat(only("kind: Database\nspec:\n\tengine: postgresql\n"))
        .satisfies(
            problem -> {
              assertThat(problem.message()).contains("tab");
              assertThat(problem.place()).contains(new Place("f", 3));
            });
  }

  @Test
  void aTabInsideOfSqlIsNoProblem() {
    String sql = "    - sql:\n        up: |\n          select\n          \t1;\n        down: x\n";
    String text = MIGRATION.replace("  rollouts:", sql + "  rollouts:");

    assertThat(problems(text)).isEmpty();
  }

  @Test
  void aliasesAreReplacedByWhatTheyName() {
    String text =
        MIGRATION
            .replace("up: first_name || ' ' || last_name", "up: &expression first_name")
            .replace("check: amount >= 0", "check: *expression");

    assertThat(problems(text)).isEmpty();
    assertThat(DefinitionReader.read(List.of(Source.ofText("f", text))).definitions())
        .singleElement()
        .satisfies(migration -> assertThat(migration.toString()).contains("expression=first_name"));
  }

  @Test
  void aliasesThatGrowWithoutEndAreRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int level = 1; level < 12; level++) {
      bomb.append("a" + level + ": &a" + level + " [");
      bomb.append(String.join(", ", java.util.Collections.nCopies(10, "*a" + (level - 1))));
      bomb.append("]\n");
    }

    assertThat(only(bomb.toString()).message()).contains("more than 50000 values");
  }

  @Test
  void anAliasInsideOfItsOwnAnchorIsRefused() {
    assertThat(only("a: &a [*a]\n").message()).contains("alias");
  }

  @Test
  void whatFollowsAStarOrAnExclamationMarkIsNotShown() {
    assertThat(only("password: *hunter2\n").message()).doesNotContain("hunter2");
    assertThat(only("password: !hunter2 x\n").message()).doesNotContain("hunter2");
    assertThat(only("password: !hunter2!x y\n").message()).doesNotContain("hunter2");
  }

  @Test
  void anEscapeBeyondTheCharactersIsRefusedWithItsLine() {
    for (String escape : List.of("\\UFFFFFFFF", "\\U00110000")) {
      assertThat(only("a: b\nc: \"" + escape + "\"\n"))
          .satisfies(
              problem -> {
                assertThat(problem.message()).contains("escape");
                assertThat(problem.place()).contains(new Place("f", 2));
              });
    }
  }

  @Test
  void aMarkerWithACommentBeginsNoDocument() {
    assertThat(problems(MIGRATION + "--- # the end\n")).isEmpty();
  }

  @Test
  void aDocumentWithAFieldGivenTwiceIsNotRead() {
    String twice = MIGRATION.replace("  database: shop\n", "  database: shop\n  database: shop\n");

    Reading reading = DefinitionReader.read(List.of(Source.ofText("f", twice)));

    assertThat(reading.problems()).extracting(Problem::code).containsExactly(Code.NAME_TAKEN);
    assertThat(reading.definitions()).isEmpty();
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "a: " + "[".repeat(2_000) + "]".repeat(2_000);

    assertThat(only(deep).message()).contains("deeper than 50");
  }

  @Test
  void aLongTextIsRefused() {
    assertThat(only("#".repeat(Source.LONGEST + 1)).message()).contains("1048576 bytes");
  }

  @Test
  void aLongFileIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("long.yaml");
    Files.write(file, new byte[Source.LONGEST + 1]);

    assertThat(DefinitionReader.read(List.of(Source.ofFile(file))).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("1048576 bytes"));
  }

  @Test
  void whatIsNotUtf8IsRefusedWithItsLine() throws IOException {
    byte[] latin1 = "a: b\nc: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    Source source = Source.ofStream("-", new ByteArrayInputStream(latin1));

    assertThat(DefinitionReader.read(List.of(source)).problems())
        .containsExactly(
            new Problem(
                Code.SYNTAX_WRONG, "", "is not UTF-8 text", Optional.of(new Place("-", 2))));
  }

  @Test
  void goodUtf8IsRead() throws IOException {
    byte[] bytes =
        MIGRATION.replace("it is small", "\u00e9tudi\u00e9").getBytes(StandardCharsets.UTF_8);
    Source source = Source.ofStream("-", new ByteArrayInputStream(bytes));

    assertThat(DefinitionReader.read(List.of(source)).problems()).isEmpty();
    assertThat(source.name()).isEqualTo("-");
  }

  @Test
  void aFieldThatIsGivenTwiceIsNamedWithBothLines() {
    assertThat(problems(MIGRATION.replace("  onFailure", "  database: x\n  onFailure")))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.message()).contains("twice", "line 5");
              assertThat(problem.path()).isEqualTo("spec.database");
            });
  }

  @Test
  void anEmptyTextHoldsNoDefinition() {
    assertThat(only("").message()).isEqualTo("holds no definition");
    assertThat(only("# only a comment\n---\n").message()).isEqualTo("holds no definition");
  }

  @Test
  void markersDirectivesAndByteOrderMarkAreRead() {
    assertThat(problems("\uFEFF%YAML 1.2\n---\n" + MIGRATION + "...\n# end\n")).isEmpty();
    assertThat(problems(MIGRATION.replace("\n", "\r\n"))).isEmpty();
  }

  @Test
  void aDirectiveWithoutMarkerIsRefused() {
    assertThat(only("%YAML 99999999999.1\n" + MIGRATION).message()).contains("directives");
  }

  @Test
  void aDocumentThatIsNoMapIsRefused() {
    assertThat(only("- a\n- b\n").message()).startsWith("is a list; wanted a map");
    assertThat(only("just text\n").code()).isEqualTo(Code.VALUE_WRONG);
  }

  @Test
  void aNameThatIsAListIsRefused() {
    assertThat(only("? [a, b]\n: c\n").message()).contains("a field's name");
  }

  @Test
  void bareNumbersAndWordsStandForSql() {
    String text = MIGRATION.replace("nullable: false", "nullable: false, default: 0");

    assertThat(problems(text)).isEmpty();
  }

  @Test
  void yesIsTextAndNotTrue() {
    assertThat(only(MIGRATION.replace("nullable: false", "nullable: no")).message())
        .isEqualTo("is `no`; wanted true or false");
  }

  @Test
  void quotedNumbersAreText() {
    String text = MIGRATION.replace("name: full_name", "name: '12'");

    assertThat(DefinitionReader.read(List.of(Source.ofText("f", text))).definitions())
        .singleElement()
        .satisfies(
            definition ->
                assertThat(((Migration) definition).changes().get(0).toString())
                    .contains("name=12"));
  }

  private static Problem only(String text) {
    assertThat(problems(text)).hasSize(1);
    return problems(text).get(0);
  }

  private static List<Problem> problems(String text) {
    return DefinitionReader.read(List.of(Source.ofText("f", text))).problems();
  }
}
