package dev.lockstep.activities.dump.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether what mydumper sends is whole. */
final class MydumperStreamTest {
  private static final String METADATA =
      """

      [source]
      # executed_gtid_set = "32d5b9dc:1-98"
      # SOURCE_LOG_FILE = "binlog.000001"
      # SOURCE_LOG_POS = 4711

      [`shop`.`mydumper_0`]
      real_table_name=odd ``name``
      rows = 3
      schema_checksum = 2aeed8ad

      [`shop`.`orders`]
      real_table_name=orders
      rows = 262208

      [`shop`]
      [config]
      max-statement-size = 999994
      # Finished dump at: 2026-11-27 20:32:16
      """;

  private static final String ROWS = "INSERT INTO `orders` VALUES (1,'\n-- metadata 7\n');\n";
  private static final String DUMP =
      file("metadata.header", "# Started\n") + file("shop.orders.sql", ROWS) + file("empty", "");
  private static final String WHOLE = DUMP + file("metadata", METADATA);

  private static String file(String name, String content) {
    return "\n-- " + name + " " + content.length() + "\n" + content;
  }

  private static MydumperStream stream(String text) {
    InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return new MydumperStream(in, () -> new IOException("cut"), () -> {});
  }

  @Test
  void aWholeDumpEndsAndTellsRowsAndPosition() throws IOException {
    MydumperStream stream = stream(WHOLE);

    assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(WHOLE);
    assertThat(stream.metadata().rows()).isEqualTo(Map.of("odd `name`", 3L, "orders", 262208L));
    assertThat(stream.metadata().position()).contains("binlog.000001:4711");
  }

  @Test
  void noStepOfReadingMakesADifference() throws IOException {
    MydumperStream stream = stream(WHOLE);
    int count = 0;
    for (int next = stream.read(); next >= 0; next = stream.read()) {
      count++;
    }

    assertThat(count).isEqualTo(WHOLE.length());
    assertThat(stream.metadata().rows()).hasSize(2);
  }

  @Test
  void everyCutIsSeen() {
    for (int length = 0; length < WHOLE.length(); length++) {
      MydumperStream stream = stream(WHOLE.substring(0, length));
      assertThatThrownBy(stream::readAllBytes).as("cut after %d", length).hasMessage("cut");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\n-- more 0\n", "x"})
  void nothingMayFollow(String more) {
    assertThatThrownBy(() -> stream(WHOLE + more).readAllBytes()).hasMessage("cut");
  }

  @Test
  void metadataWithoutItsLastLineIsNone() {
    String open = METADATA.replaceFirst("# Finished.*\n", "");

    assertThatThrownBy(() -> stream(DUMP + file("metadata", open)).readAllBytes())
        .hasMessage("cut");
    assertThatThrownBy(() -> stream(DUMP + file("metadata.partial", METADATA)).readAllBytes())
        .hasMessage("cut");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-- Dump completed\n",
        "\n-- name\n",
        "\n-- name -4\nabcd",
        "\n-- name 99999999999999999999\n"
      })
  void somethingElseIsNoStream(String text) {
    assertThatThrownBy(() -> stream(text + WHOLE).readAllBytes()).hasMessage("cut");
  }
}
