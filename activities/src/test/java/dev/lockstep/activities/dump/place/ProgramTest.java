package dev.lockstep.activities.dump.place;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.workflows.fault.FaultCode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ProgramTest {
  @Test
  void whatItSaysIsReadableButForItsPassword() {
    Map<String, String> environment =
        Map.of(
            "LC_ALL",
            "C",
            "PGDATABASE",
            "shop",
            "PGPORT",
            "5432",
            "PGPASSWORD",
            "s3cret",
            "NEW",
            "x1");
    Program program =
        new Program(
            "psql",
            List.of("psql"),
            new TreeMap<>(environment),
            Optional.empty(),
            FaultCode.LOAD_FAILED);
    String said = "ERROR: cannot CREATE in shop at 5432 with s3cret and x1";

    LastWords words =
        new LastWords(
            new ByteArrayInputStream(said.getBytes(StandardCharsets.UTF_8)), program.secrets());
    words.run();

    assertThat(words.text()).isEqualTo("ERROR: cannot CREATE in shop at 5432 with *** and ***");
  }
}
