package dev.lockstep.activities.dump.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is seen of a dump on its way out and back in. */
final class StreamsTest {
  private static final String DUMP =
      """
      /*M!999999\\- enable the sandbox mode */\s
      -- MariaDB dump 10.19  Distrib 10.11.18-MariaDB, for debian-linux-gnu (x86_64)
      --
      -- Host: 127.0.0.1    Database: shop
      -- CHANGE MASTER TO MASTER_LOG_FILE='bin.000007', MASTER_LOG_POS=4711;
      /*!40103 SET TIME_ZONE='+00:00' */;
      --
      -- Table structure for table `orders`
      --
      CREATE TABLE `orders` (id int);
      --
      -- Dumping data for table `orders`
      --
      INSERT INTO `orders` VALUES (1);
      --
      -- Table structure for table `odd ``name`
      --
      CREATE TABLE `odd ``name` (id int);
      --
      -- Dumping routines for database 'shop'
      --
      CREATE PROCEDURE p() SELECT 1;
      /*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;

      -- Dump completed on 2026-11-26 19:50:28
      """;

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String all(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }

  private static TrailedStream trailed(String text) {
    return new TrailedStream(in(text), () -> new IOException("cut"), () -> {});
  }

  @Test
  void aWholeDumpEndsAndTellsItsPosition() throws IOException {
    TrailedStream stream = trailed(DUMP);

    assertThat(all(stream)).isEqualTo(DUMP);
    assertThat(stream.position()).contains("bin.000007:4711");
  }

  @Test
  void aLongOneDoesToo() throws IOException {
    String text = "x".repeat(100_000) + "\n-- Dump completed\n";

    assertThat(all(trailed(text))).isEqualTo(text);
    assertThat(trailed(text).position()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-- Dump completed",
        "x -- Dump completed\n",
        "-- Dump completed on 2026\nINSERT\n",
        "INSERT INTO t VALUES ('-- Dump completed\n"
      })
  void whatHasNotItsLastLineIsCut(String text) {
    assertThatThrownBy(() -> all(trailed(text))).hasMessage("cut");
  }

  @Test
  void aProgramThatWasEndedBecauseOfAStopHasNotFailed() {
    TrailedStream stream =
        new TrailedStream(
            in(DUMP),
            () -> new IOException("cut"),
            () -> {
              throw new IllegalStateException("stop");
            });

    assertThatThrownBy(stream::read).hasMessage("stop");
  }

  @Test
  void withoutAChoiceOnlyTheSandboxIsLeftOut() throws IOException {
    String loaded = all(new Sections(in(DUMP), List.of()));

    assertThat(loaded).hasSameSizeAs(DUMP).doesNotContain("sandbox");
    assertThat(loaded.strip()).isEqualTo(DUMP.substring(DUMP.indexOf('\n')).strip());
  }

  @Test
  void onlyChosenTablesRemainWithHeadAndFoot() throws IOException {
    String loaded = all(new Sections(in(DUMP), List.of("shop.odd ``name")));
    String none = all(new Sections(in(DUMP), List.of("other.orders")));

    assertThat(loaded).hasSameSizeAs(DUMP);
    assertThat(loaded.lines().filter(line -> !line.startsWith("--") && !line.isEmpty()))
        .containsExactly(
            "/*!40103 SET TIME_ZONE='+00:00' */;",
            "CREATE TABLE `odd ``name` (id int);",
            "/*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;");
    assertThat(none).doesNotContain("CREATE");
  }

  @Test
  void longLinesAndLinesWithoutEndPassAsTheyAre() throws IOException {
    String text = "INSERT " + "'\u00e9\u0000\r'".repeat(50_000) + "\nlast";

    assertThat(all(new Sections(in(text), List.of()))).isEqualTo(text);
  }

  @Test
  void accountsMoveWithTheirDatabase() {
    AccountScript script =
        new AccountScript(
            "sh`op",
            List.of(
                "CREATE USER IF NOT EXISTS `a`@`%`",
                "GRANT SELECT ON `sh``op`.* TO `a`@`%`",
                "GRANT EXECUTE ON PROCEDURE `sh``op`.`p` TO `a`@`%`"));

    assertThat(AccountScript.parse(script.bytes())).isEqualTo(script);
    assertThat(script.movedTo("copy$1"))
        .containsExactly(
            "CREATE USER IF NOT EXISTS `a`@`%`",
            "GRANT SELECT ON `copy$1`.* TO `a`@`%`",
            "GRANT EXECUTE ON PROCEDURE `copy$1`.`p` TO `a`@`%`");
    assertThatThrownBy(() -> AccountScript.parse(new byte[0])).hasMessageContaining("LOAD_FAILED");
  }
}
