package dev.lockstep.activities.dump.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MydumperVersionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mydumper v1.0.1-3, built against MariaDB 10.11.19 with SSL support | 1.0.1-3",
        "myloader v0.21.4-1, built against MySQL 8.4.7 with SSL support | 0.21.4-1",
        "mydumper 0.10.1, built against MySQL 10.11.6 | 0.10.1",
        "mydumper 1.0.1-3 | 1.0.1-3",
      })
  void versionsAreReadFromWhatProgramsAndFactsSay(String said, String text) {
    assertThat(MydumperVersion.parse(said).text()).isEqualTo(text);
  }

  @Test
  void oldOnesAndOtherProgramsAreUnfit() {
    assertThatCode(() -> version("1.0.1-1").require("mydumper")).doesNotThrowAnyException();
    assertThatCode(() -> version("1.10.0").require("mydumper")).doesNotThrowAnyException();
    assertThatThrownBy(() -> version("0.10.1").require("mydumper"))
        .hasMessageContaining("mydumper 0.10.1 is too old: 1.0.1 or newer is needed")
        .hasMessageContaining("CLIENT_UNFIT");
    assertThatThrownBy(() -> version("1.0.0-9").require("myloader"))
        .hasMessageContaining("myloader 1.0.0-9 is too old");
    assertThatThrownBy(() -> MydumperVersion.parse("mysqldump  Ver 9.7.4-2 for Linux"))
        .hasMessageContaining("CLIENT_UNFIT");
  }

  @Test
  void aLoaderIsNotOlderThanTheWriter() {
    assertThatCode(() -> version("1.2.0-1").requireFor(version("1.2.0-2")))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> version("1.0.1-3").requireFor(version("1.2.0-1")))
        .hasMessageContaining("myloader 1.0.1-3 is older than mydumper 1.2.0-1");
  }

  private static MydumperVersion version(String text) {
    return MydumperVersion.parse("mydumper " + text);
  }
}
