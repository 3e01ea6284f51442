package dev.lockstep.activities.dump.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.failure.ApplicationFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows on their way: whatever bytes they have, and wherever they are cut. */
final class RowLinesTest {
  private static final RowLines.Head HEAD =
      new RowLines.Head("odd `n\name`", List.of("a\tb", "c"), List.of("varbinary", "enum"));

  private static byte[] written(List<List<byte @Nullable []>> rows) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    lines.writeBytes(HEAD.line());
    for (List<byte @Nullable []> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        RowLines.write(lines, row.get(i));
        lines.write(i == row.size() - 1 ? '\n' : '\t');
      }
    }
    lines.writeBytes(RowLines.end(rows.size()));
    return lines.toByteArray();
  }

  private static List<List<byte[]>> read(byte[] bytes) throws IOException {
    InputStream content = new ByteArrayInputStream(bytes);
    RowLines.Head head = RowLines.Head.read("00001-a.rows", content);
    assertThat(head).isEqualTo(HEAD);
    RowLines.Reader reader = new RowLines.Reader(head.table(), content);
    List<List<byte[]>> rows = new ArrayList<>();
    for (Optional<List<byte[]>> row = reader.next(2); row.isPresent(); row = reader.next(2)) {
      rows.add(row.get());
    }
    assertThat(reader.next(2)).as("asked once more").isEmpty();
    return rows;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void everyByteAndNullComeBack() throws IOException {
    byte[] every = new byte[256];
    for (int i = 0; i < every.length; i++) {
      every[i] = (byte) i;
    }
    byte[] noise = new byte[100_000];
    new Random(4711).nextBytes(noise);
    List<List<byte @Nullable []>> rows = new ArrayList<>();
    rows.add(Arrays.asList(every, null));
    rows.add(Arrays.asList(null, bytes("")));
    rows.add(Arrays.asList(bytes("\\N"), bytes("\\.")));
    rows.add(Arrays.asList(bytes("NULL"), bytes("\\.\t0\n")));
    rows.add(Arrays.asList(noise, bytes("N")));

    List<List<byte[]>> back = read(written(rows));

    assertThat(back).hasSize(5);
    for (int i = 0; i < rows.size(); i++) {
      for (int field = 0; field < 2; field++) {
        assertThat(back.get(i).get(field)).isEqualTo(rows.get(i).get(field));
      }
    }
    assertThat(read(written(List.of()))).isEmpty();
  }

  @Test
  void aLineBreakStandsOnlyBehindARow() {
    byte[] lines = written(List.of(Arrays.asList(bytes("a\nb\tc\0\r\\"), null)));

    assertThat(new String(lines, StandardCharsets.ISO_8859_1))
        .endsWith("\na\\nb\\tc\\0\\r\\\\\t\\N\n\\.\t1\n");
  }

  @Test
  void whereverTheyAreCutItIsNoticed() {
    byte[] whole = written(List.of(Arrays.asList(bytes("a\nb"), null), Arrays.asList(null, null)));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(cut))
          .as("%d of %d", length, whole.length)
          .isInstanceOfSatisfying(
              ApplicationFailure.class, e -> assertThat(e.getType()).isEqualTo("LOAD_FAILED"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\n\\.\t1\n", "a\tb\tc\n\\.\t1\n", "a\tb\n\\.\t2\n", "\\.\t0\nx"})
  void otherRowsThanTheHeadAndTheEndSayAreRefused(String rows) {
    byte[] head = HEAD.line();
    byte[] all = Arrays.copyOf(head, head.length + rows.length());
    System.arraycopy(bytes(rows), 0, all, head.length, rows.length());

    assertThatThrownBy(() -> read(all))
        .isInstanceOfSatisfying(
            ApplicationFailure.class, e -> assertThat(e.getType()).isEqualTo("LOAD_FAILED"));
  }
}
