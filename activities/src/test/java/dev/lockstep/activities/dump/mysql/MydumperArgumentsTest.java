package dev.lockstep.activities.dump.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MydumperArgumentsTest {
  private static final MydumperArguments NINE = of("9.7.4");

  private static MydumperArguments of(String server) {
    return new MydumperArguments(ClientVersion.parse(server));
  }

  private static Pattern regex(List<String> words) {
    return Pattern.compile(
        words.stream()
            .filter(word -> word.startsWith("--regex="))
            .findFirst()
            .orElseThrow()
            .substring("--regex=".length()));
  }

  @Test
  void aWholeDatabaseIsAllButTheClaim() {
    assertThat(NINE.dump("shop", List.of()))
        .contains("--database=shop", "--stream", "--trx-tables", "--no-views", "--threads=4");
    Pattern regex = regex(NINE.dump("shop", List.of()));
    assertThat(List.of("shop", "shop.orders", "shop.odd `name`", "shop.lockstep_sentinel"))
        .allMatch(regex.asPredicate());
    assertThat(List.of("shop.lockstep_restore", "shopping.orders", "a.shop.orders"))
        .noneMatch(regex.asPredicate());
  }

  @Test
  void chosenTablesComeWithTheSentinel() {
    Pattern regex = regex(NINE.dump("shop", List.of("shop.a.b", "c")));
    assertThat(List.of("shop", "shop.a.b", "shop.c", "shop.lockstep_sentinel"))
        .allMatch(regex.asPredicate());
    assertThat(List.of("shop.axb", "shop.cc", "shop.lockstep_restore"))
        .noneMatch(regex.asPredicate());
    Pattern loaded = regex(NINE.load("copy", List.of("shop.c")));
    assertThat(List.of("shop", "shop.c", "shop.lockstep_sentinel")).allMatch(loaded.asPredicate());
    assertThat(List.of("shop.d", "shop.c2")).noneMatch(loaded.asPredicate());
  }

  @Test
  void aWholeLoadGoesIntoTheLogOfTheTarget() {
    assertThat(NINE.load("copy", List.of()))
        .contains("--database=copy", "--enable-binlog", "--checksum=fail")
        .noneMatch(word -> word.startsWith("--regex"));
  }

  @ParameterizedTest
  @CsvSource({
    "9.7.4, mysql-8.4.0, true",
    "8.4.3, mysql-8.4.0, true",
    "8.0.36, mysql-8.0.36, false",
    "10.11.18-MariaDB, mariadb-10.11.0, false",
  })
  void theServerIsNamed(String server, String named, boolean explained) {
    assertThat(of(server).dump("shop", List.of())).contains("--server-version=" + named);
    assertThat(of(server).load("shop", List.of())).contains("--server-version=" + named);
    assertThat(of(server).settings().contains("explain_format = TRADITIONAL")).isEqualTo(explained);
  }
}
