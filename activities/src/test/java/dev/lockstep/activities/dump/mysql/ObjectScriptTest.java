package dev.lockstep.activities.dump.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.dump.mysql.ObjectScript.Item;
import dev.lockstep.activities.dump.mysql.ObjectScript.Kind;
import dev.lockstep.activities.dump.mysql.ObjectScript.Setting;
import io.temporal.failure.ApplicationFailure;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Definitions as a script, and back. */
final class ObjectScriptTest {
  private static final Item TABLE =
      new Item(
          Kind.TABLE, "odd `n\name`", "odd `n\name`", Setting.NONE, "CREATE TABLE x (\n  a int\n)");
  private static final Item TRIGGER =
      new Item(
          Kind.TRIGGER,
          "t",
          "orders",
          new Setting("ANSI_QUOTES", "latin1_swedish_ci", ""),
          "CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW BEGIN\n-- end\n;\nSET @a = 'é;';\n\nEND");
  private static final Item EVENT =
      new Item(Kind.EVENT, "e", "", new Setting("", "utf8mb4_bin", "SYSTEM"), "CREATE EVENT e\n");

  private static final ObjectScript SCRIPT = new ObjectScript(List.of(TABLE, TRIGGER, EVENT));

  @Test
  void everyDefinitionComesBackAsItIs() {
    assertThat(ObjectScript.parse(SCRIPT.bytes())).isEqualTo(SCRIPT);
    assertThat(ObjectScript.parse(new ObjectScript(List.of()).bytes()).items()).isEmpty();
  }

  @Test
  void aScriptThatIsCutIsNone() {
    byte[] whole = SCRIPT.bytes();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> ObjectScript.parse(cut))
          .as("%d of %d", length, whole.length)
          .isInstanceOfSatisfying(
              ApplicationFailure.class, e -> assertThat(e.getType()).isEqualTo("LOAD_FAILED"));
    }
  }

  @Test
  void aChoiceOfTablesTakesWhatBelongsToThem() {
    assertThat(SCRIPT.of(List.of("orders")).items()).containsExactly(TRIGGER);
    assertThat(SCRIPT.of(List.of())).isEqualTo(SCRIPT);
  }
}
