package dev.lockstep.definitions.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.lockstep.definitions.examples.Example;
import dev.lockstep.definitions.examples.Examples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DefinitionSchemaTest {
  private static final String REFRESH = "lockstep.schema.refresh";
  private static final Path COMMITTED = Path.of("src/main/resources/lockstep.schema.json");

  @Test
  void theCommittedSchemaIsThatOfTheReader() throws IOException {
    if (Boolean.getBoolean(REFRESH)) {
      Files.writeString(COMMITTED, DefinitionSchema.text());
    }

    assertThat(Files.readString(COMMITTED))
        .as("run the tests of module definitions with -D%s=true to write it anew", REFRESH)
        .isEqualTo(DefinitionSchema.text());
  }

  @Test
  void theSchemaIsAResource() throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(getClass().getResourceAsStream(DefinitionSchema.RESOURCE))) {
      assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8)).contains("addColumn");
    }
  }

  static List<Example> examples() {
    return Examples.all();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void acceptsEveryExample(Example example) {
    for (String document : example.text().split("(?m)^---$")) {
      assertThat(errors(document)).isEmpty();
    }
  }

  static List<BadDocument> refused() {
    return BadDocument.all().stream().filter(BadDocument::refusedBySchema).toList();
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWhatTheReaderRefuses(BadDocument bad) {
    assertThat(errors(bad.text())).isNotEmpty();
  }

  static List<BadDocument> accepted() {
    return BadDocument.all().stream().filter(bad -> !bad.refusedBySchema()).toList();
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void cannotSeeWhatOnlyTheChecksSee(BadDocument bad) {
    assertThat(errors(bad.text())).isEmpty();
  }

  private static List<Error> errors(String yaml) {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(DefinitionSchema.text());
    return schema.validate(yaml, InputFormat.YAML);
  }
}
