package dev.lockstep.activities.postgres.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DefinitionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CREATE INDEX a ON public.a USING btree (a, lower(a)) |"
            + " CREATE INDEX CONCURRENTLY \"N\" ON public.a USING btree (b, lower(b))",
        "CREATE UNIQUE INDEX i ON s.t USING btree (c, a DESC NULLS LAST) INCLUDE (a) WITH"
            + " (fillfactor='70') WHERE (a > 0) |"
            + " CREATE UNIQUE INDEX CONCURRENTLY \"N\" ON s.t USING btree (c, b DESC NULLS LAST)"
            + " INCLUDE (b) WITH (fillfactor='70') WHERE (b > 0)",
        "CREATE UNIQUE INDEX CONCURRENTLY i ON s.t USING gist (a) TABLESPACE a |"
            + " CREATE UNIQUE INDEX CONCURRENTLY \"N\" ON s.t USING gist (b) TABLESPACE a",
        "CREATE INDEX \"unique\" ON ONLY s.t USING gin (a gin_trgm_ops) |"
            + " CREATE INDEX \"N\" ON ONLY s.t USING gin (b gin_trgm_ops)"
      })
  void indexGetsNameAndColumn(String definition, String expected) {
    String once = Definitions.index(definition, "N", "a", "b");
    assertThat(once).isEqualTo(expected);
    assertThat(Definitions.index(once, "N", "a", "b")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CHECK ((a > 0)) | CHECK ((b > 0))",
        "UNIQUE (a, c) | UNIQUE (b, c)",
        "FOREIGN KEY (a) REFERENCES s.a(a) ON DELETE SET NULL (a) NOT VALID |"
            + " FOREIGN KEY (b) REFERENCES s.a(a) ON DELETE SET NULL (b) NOT VALID",
        "EXCLUDE USING gist (a WITH &&) WHERE ((a IS NOT NULL)) |"
            + " EXCLUDE USING gist (b WITH &&) WHERE ((b IS NOT NULL))"
      })
  void constraintGetsTheColumnOfItsOwnTable(String definition, String expected) {
    assertThat(Definitions.constraint(definition, "a", "b")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value =
          "FOREIGN KEY (a) REFERENCES s.t(a) ON DELETE SET NULL (a) |"
              + " FOREIGN KEY (a) REFERENCES s.t(b) ON DELETE SET NULL (a)")
  void referenceGetsTheColumnOfTheOtherTable(String definition, String expected) {
    assertThat(Definitions.reference(definition, "a", "b")).isEqualTo(expected);
  }
}
