package dev.lockstep.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.workflows.contract.RunKey;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class RolloutNoteTest {
  private static final RolloutNote NOTE =
      new RolloutNote(
          "full-name/9",
          "rollout/web-2",
          false,
          new TreeMap<>(Map.of("web", new RolloutNote.Change("shop-web:1", "shop-web:2"))));

  @Test
  void whatIsWrittenIsReadBack() {
    assertThat(RolloutNote.parse("x", NOTE.json(), "s")).isEqualTo(NOTE);
    assertThat(RolloutNote.parse("x", NOTE.asDone().json(), "s").done()).isTrue();
  }

  @Test
  void aLaterVersionsNoteIsReadToo() {
    String later = NOTE.json().replaceFirst("\\{", "{\"colour\":\"blue\",");

    assertThat(RolloutNote.parse("x", later, "s")).isEqualTo(NOTE);
  }

  @Test
  void aNoteThatSomebodyBrokeIsNamed() {
    assertThatThrownBy(() -> RolloutNote.parse("lockstep.dev/before-1", "nothing", "s"))
        .hasMessageContaining("lockstep.dev/before-1")
        .hasMessageContaining("nothing");
  }

  @Test
  void itsNameIsAValidAnnotationAndDependsOnRunAndStep() {
    String name = RolloutNote.name(new RunKey("full-name/9"), "rollout/web-2");

    assertThat(name).matches("lockstep\\.dev/[a-z0-9-]{1,63}");
    assertThat(name)
        .isEqualTo(RolloutNote.name(new RunKey("full-name/9"), "rollout/web-2"))
        .isNotEqualTo(RolloutNote.name(new RunKey("full-name/10"), "rollout/web-2"))
        .isNotEqualTo(RolloutNote.name(new RunKey("full-name/9"), "rollout/web-3"));
  }

  @Test
  void onlyEarlierRunsOfTheSameDefinitionHaveEnded() {
    assertThat(NOTE.endedBefore(new RunKey("full-name/10"))).isTrue();
    assertThat(NOTE.endedBefore(new RunKey("full-name/9"))).isFalse();
    assertThat(NOTE.endedBefore(new RunKey("full-name/8"))).isFalse();
    assertThat(NOTE.endedBefore(new RunKey("address/10"))).isFalse();
    assertThat(NOTE.endedBefore(new RunKey("unnumbered"))).isFalse();
  }
}
