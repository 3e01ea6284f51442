package dev.lockstep.activities.dump.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.definitions.model.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientVersionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mysqldump  Ver 9.7.4-2 for Linux on x86_64 ((Debian)) | MYSQL | 9.7.4",
        "mysqldump  Ver 10.13 Distrib 5.7.44, for Linux (x86_64) | MYSQL | 5.7.44",
        "mysqldump  Ver 8.0.36-0ubuntu0.22.04.1 for Linux on x86_64 ((Ubuntu)) | MYSQL | 8.0.36",
        "8.4.3 | MYSQL | 8.4.3",
        "mariadb-dump  Ver 10.19 Distrib 10.11.18-MariaDB, for debian-linux-gnu | MARIADB | 10.11.18",
        "mariadb-dump from 11.4.5-MariaDB, client 10.19 for Linux (x86_64) | MARIADB | 11.4.5",
        "mysqldump  Ver 10.19 Distrib 10.11.18-MariaDB, for debian-linux-gnu | MARIADB | 10.11.18",
        "10.11.18-MariaDB-0+deb12u1 | MARIADB | 10.11.18",
      })
  void versionsAreReadFromWhatProgramsAndServersSay(String said, Engine engine, String text) {
    ClientVersion version = ClientVersion.parse(said);

    assertThat(version.engine()).isEqualTo(engine);
    assertThat(version.text()).isEqualTo(text);
  }

  @Test
  void olderOnesAndThoseOfTheOtherProductAreUnfit() {
    ClientVersion server = ClientVersion.parse("9.7.4");

    assertThatCode(() -> ClientVersion.parse("9.7.1").require(server, "mysqldump"))
        .doesNotThrowAnyException();
    assertThatCode(() -> ClientVersion.parse("10.0.0").require(server, "mysqldump"))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> ClientVersion.parse("9.6.9").require(server, "mysqldump"))
        .hasMessageContaining("mysqldump 9.6.9 is older than the server, which is 9.7.4");
    assertThatThrownBy(() -> ClientVersion.parse("8.4.3").require(server, "mysqldump"))
        .hasMessageContaining("CLIENT_UNFIT");
    assertThatThrownBy(() -> ClientVersion.parse("11.4.5-MariaDB").require(server, "mariadb-dump"))
        .hasMessageContaining("mariadb-dump is of MARIADB, the server is MYSQL 9.7.4");
    assertThatThrownBy(() -> ClientVersion.parse("pg_dump (PostgreSQL) 17.2"))
        .hasMessageContaining("CLIENT_UNFIT");
  }
}
