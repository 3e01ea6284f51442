package dev.lockstep.activities.dump.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Entries of an archive that belong to chosen tables. */
final class SelectionTest {
  private final Selection selection = new Selection(List.of("shop.t", "shop.Odd"));

  @Test
  void aTableBringsWhatIsItsOwnAndNothingOfOneWithALikeName() {
    assertThat(selection.has("TABLE shop t bob")).isTrue();
    assertThat(selection.has("TABLE DATA shop t bob")).isTrue();
    assertThat(selection.has("CONSTRAINT shop t t_pkey bob")).isTrue();
    assertThat(selection.has("COMMENT shop COLUMN t.id bob")).isTrue();
    assertThat(selection.has("TYPE shop mood bob")).isTrue();
    assertThat(selection.has("TABLE DATA lockstep sentinel bob")).isTrue();
    assertThat(selection.has("TABLE shop t2 bob")).isFalse();
    assertThat(selection.has("TABLE other t bob")).isFalse();
    assertThat(selection.has("VIEW shop t bob")).isFalse();
    assertThat(selection.has("BLOB - 777 bob")).isFalse();
    assertThat(selection.has("INDEX shop t_x bob")).isFalse();
  }

  @Test
  void indexesSequencesAndReferencesAreLearnt() {
    selection.learn(
        List.of(
            "CREATE UNIQUE INDEX t_x ON shop.t USING btree (x)",
            "CREATE INDEX other_x ON shop.other USING btree (x)",
            "ALTER SEQUENCE shop.t_id_seq OWNED BY shop.t.id",
            "ALTER TABLE shop.\"Odd\" ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (\n"
                + "    SEQUENCE NAME shop.\"Odd_id_seq\"\n    START WITH 1)",
            "ALTER TABLE ONLY shop.t\n    ADD CONSTRAINT inside FOREIGN KEY (x) REFERENCES"
                + " shop.\"Odd\"(id)",
            "ALTER TABLE ONLY shop.t\n    ADD CONSTRAINT outside FOREIGN KEY (x) REFERENCES"
                + " shop.other(id)"));

    assertThat(selection.has("INDEX shop t_x bob")).isTrue();
    assertThat(selection.has("INDEX shop other_x bob")).isFalse();
    assertThat(selection.has("SEQUENCE SET shop t_id_seq bob")).isTrue();
    assertThat(selection.has("SEQUENCE shop Odd_id_seq bob")).isTrue();
    assertThat(selection.has("SEQUENCE shop free bob")).isFalse();
    assertThat(selection.has("FK CONSTRAINT shop t inside bob")).isTrue();
    assertThat(selection.has("FK CONSTRAINT shop t outside bob")).isFalse();
  }

  @Test
  void aPartitionComesWithItsParentAndAloneWithoutBeingAttached() {
    Selection alone = new Selection(List.of("shop.p1"));
    List<String> statements =
        List.of(
            "ALTER TABLE ONLY shop.t ATTACH PARTITION shop.p1 FOR VALUES IN (1)",
            "ALTER TABLE ONLY shop.p1 ATTACH PARTITION shop.p11 FOR VALUES IN (1)");
    selection.learn(statements);
    alone.learn(statements);

    assertThat(selection.has("TABLE DATA shop p11 bob")).isTrue();
    assertThat(selection.has("TABLE ATTACH shop p1 bob")).isTrue();
    assertThat(alone.has("TABLE DATA shop p11 bob")).isTrue();
    assertThat(alone.has("TABLE shop p1 bob")).isTrue();
    assertThat(alone.has("TABLE ATTACH shop p1 bob")).isFalse();
  }
}
