package dev.lockstep.definitions.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lockstep.definitions.check.Problem;
import dev.lockstep.definitions.examples.Example;
import dev.lockstep.definitions.examples.Examples;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.ContractPolicy;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Migration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class ReaderPropertiesTest {
  @Property(tries = 300)
  void neverThrowsOnAnyText(@ForAll("texts") String text) {
    assertThat(load(text).problems()).isNotEmpty();
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> any = Arbitraries.strings().ofMaxLength(60);
    Arbitrary<String> like =
        Arbitraries.strings().withChars("ab:-?[]{}#&*!|>'\"%@` \n\t,.~0").ofMaxLength(60);
    return Arbitraries.oneOf(any, like);
  }

  @Property(tries = 400)
  void aMutatedExampleIsGoodOrHasProblemsWithPlaces(
      @ForAll @IntRange(max = 15) int example,
      @ForAll @IntRange(max = 10_000) int at,
      @ForAll @IntRange(max = 12) int cut,
      @ForAll("pieces") String piece) {
    Example good = Examples.all().get(example);
    int from = at % good.text().length();
    int to = Math.min(good.text().length(), from + cut);
    String mutated = good.text().substring(0, from) + piece + good.text().substring(to);

    for (Problem problem : load(mutated).problems()) {
      assertThat(problem.place()).isPresent();
      assertThat(problem.message()).isNotBlank();
    }
  }

  @Provide
  Arbitrary<String> pieces() {
    return Arbitraries.of(
        "", " ", "\n", "\t", ":", "- ", "---\n", "[", "}", "'", "\"", "&a ", "*a", "!!str ", "null",
        "12", "%", "\u0000", "{}", "x: y\n", "\u00e9", "|", ">");
  }

  @Property(tries = 300)
  void anyTextOfAModelIsWrittenAndReadBack(@ForAll("storable") String sql) {
    Migration migration =
        new Migration(
            "m",
            "shop",
            List.of(new Change.Sql(sql, "x", Change.SqlPhase.CONTRACT)),
            List.of(),
            List.of(),
            ContractPolicy.DEFAULT,
            Limits.DEFAULT,
            Migration.OnFailure.HOLD,
            List.of(new Migration.Allowance("A", sql)));

    String written = DefinitionWriter.write(migration);
    Reading reading = DefinitionReader.read(List.of(Source.ofText("f", written)));

    assertThat(reading.problems()).isEmpty();
    assertThat(reading.definitions()).isEqualTo(List.of(migration));
    assertThat(DefinitionReader.readJson(DefinitionWriter.toJson(migration), "definition"))
        .isEqualTo(reading);
  }

  /** Texts that are not blank and that a database can store, whatever YAML makes of them. */
  @Provide
  Arbitrary<String> storable() {
    Arbitrary<String> any =
        Arbitraries.strings().ofMinLength(1).ofMaxLength(40).excludeChars('\u0000');
    Arbitrary<String> like =
        Arbitraries.strings()
            .withChars("ab:-?[]{}#&*!|>'\"%@`  \n\n\r\t,.~0=\u00e9\u0085\u2028\uFEFF\u0007")
            .ofMinLength(1)
            .ofMaxLength(40);
    Arbitrary<String> words =
        Arbitraries.of("null", "~", "true", "yes", "12", "0o7", "1e3", ".5", "12:30", "2026-01-01");
    return Arbitraries.oneOf(any, like, words)
        .filter(text -> !text.isBlank() && text.chars().noneMatch(ReaderPropertiesTest::isHalf));
  }

  private static boolean isHalf(int character) {
    return Character.isSurrogate((char) character);
  }

  @Property(tries = 100)
  void neverThrowsOnJson(@ForAll("texts") String text) {
    var request = JsonNodeFactory.instance.objectNode();
    request.put("definition", text);
    request.putArray("databases").add(text).addNull().addObject().put(text, text);

    assertThat(Definitions.loadRequest(request).problems()).hasSizeGreaterThanOrEqualTo(3);
  }

  private static Definitions load(String text) {
    return Definitions.load(List.of(Source.ofText("f", text)));
  }
}
