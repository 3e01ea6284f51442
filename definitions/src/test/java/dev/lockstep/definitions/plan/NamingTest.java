package dev.lockstep.definitions.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class NamingTest {
  @Test
  void shortNamesKeepTheirPrefix() {
    assertThat(Naming.shadow("age")).isEqualTo("lockstep_new_age");
    assertThat(Naming.tombstone("age")).isEqualTo("lockstep_old_age");
    assertThat(Naming.notNullCheck("age")).isEqualTo("lockstep_nn_age");
    assertThat(Naming.trigger("full-name", TableName.parse("shop.customers")))
        .isEqualTo("zz_lockstep_full_name__customers");
  }

  @Test
  void longNamesAreCutToWhatTheServerKeepsAndStayDistinct() {
    String one = Naming.shadow("é".repeat(30) + "a");
    String other = Naming.shadow("é".repeat(30) + "b");
    assertThat(one.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(63);
    assertThat(one).isNotEqualTo(other).startsWith("lockstep_new_éé");
  }

  @Test
  void aNameOfExactlyTheLimitIsKept() {
    String name = "x".repeat(63 - "lockstep_nn_".length());
    assertThat(Naming.notNullCheck(name)).isEqualTo("lockstep_nn_" + name);
  }
}
