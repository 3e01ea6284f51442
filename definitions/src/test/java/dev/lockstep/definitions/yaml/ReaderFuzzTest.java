package dev.lockstep.definitions.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.lockstep.definitions.examples.Example;
import dev.lockstep.definitions.examples.Examples;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Spoils the examples in many ways: the reader answers with problems or not, and always soon. */
final class ReaderFuzzTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int TRIES = Integer.getInteger("reader.fuzz", 300);

  /** Fixed, so that a failure can be repeated. */
  private static final long SEED = Long.getLong("reader.seed", 20_260_101L);

  private static final List<String> PIECES =
      List.of(
          "\t",
          "\n",
          "\r",
          "- ",
          ": ",
          "? ",
          "&a ",
          "*a ",
          "!!binary ",
          "!<tag:x> ",
          "!%FF ",
          "%YAML 9.9\n",
          "---\n",
          "...\n",
          "[",
          "]",
          "{",
          "}",
          "'",
          "\"",
          "\\",
          "|",
          ">",
          "|9\n",
          "#",
          ", ",
          "<<: ",
          "\u0000",
          "\uFEFF",
          "\u2028",
          "\u0085",
          "\uD800",
          "\uD83D\uDE00",
          "0x",
          "~",
          "null",
          "9".repeat(400),
          "a".repeat(2_000),
          "[".repeat(300),
          "{a: ".repeat(300),
          "\"\\x41\"",
          "\"\\UFFFFFFFF\"",
          "\"\\uD800\"",
          "spec: ",
          "kind: Migration\n",
          "1e999999999");

  @Test
  void spoiltBytesGiveProblemsWithPlaces() {
    Random random = new Random(SEED);
    assertTimeoutPreemptively(
        SOON,
        () -> {
          for (int i = 0; i < TRIES; i++) {
            byte[] bytes = example(random).getBytes(StandardCharsets.UTF_8);
            for (int change = random.nextInt(4); change >= 0; change--) {
              bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            judge(load(bytes), new String(bytes, StandardCharsets.ISO_8859_1));
          }
        });
  }

  @Test
  void spoiltLinesGiveProblemsWithPlaces() {
    Random random = new Random(SEED);
    assertTimeoutPreemptively(
        SOON,
        () -> {
          for (int i = 0; i < TRIES; i++) {
            String text = spoilt(example(random), random);
            judge(load(text.getBytes(StandardCharsets.UTF_8)), text);
          }
        });
  }

  @Test
  void spoiltTextsGiveProblemsWithPlaces() {
    Random random = new Random(SEED);
    assertTimeoutPreemptively(
        SOON,
        () -> {
          for (int i = 0; i < TRIES; i++) {
            StringBuilder text = new StringBuilder(example(random));
            for (int change = random.nextInt(3); change >= 0; change--) {
              int at = random.nextInt(text.length());
              int cut = random.nextInt(8);
              String piece = PIECES.get(random.nextInt(PIECES.size()));
              text.replace(at, Math.min(text.length(), at + cut), piece);
            }
            judge(Definitions.load(List.of(Source.ofText("f", text.toString()))), text.toString());
          }
        });
  }

  /** Takes away, doubles, indents and exchanges lines. */
  private static String spoilt(String text, Random random) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    for (int change = random.nextInt(3); change >= 0; change--) {
      int at = random.nextInt(lines.size());
      switch (random.nextInt(6)) {
        case 0 -> lines.remove(at);
        case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
        case 2 -> lines.set(at, " ".repeat(random.nextInt(5)) + lines.get(at));
        case 3 -> Collections.swap(lines, at, random.nextInt(lines.size()));
        case 4 -> lines.set(at, lines.get(at).replace(": ", random.nextBoolean() ? ":" : ": - "));
        default -> lines.set(at, lines.get(at).strip());
      }
      if (lines.isEmpty()) {
        lines.add("");
      }
    }
    return String.join("\n", lines);
  }

  private static String example(Random random) {
    List<Example> all = Examples.all();
    return all.get(random.nextInt(all.size())).text();
  }

  private static Definitions load(byte[] bytes) {
    try {
      return Definitions.load(List.of(Source.ofStream("f", new ByteArrayInputStream(bytes))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void judge(Definitions definitions, String text) {
    int lines = text.split("\n|\r|\u0085|\u2028|\u2029", -1).length;
    assertThat(definitions.problems())
        .as(text)
        .allMatch(p -> p.place().filter(at -> at.line() <= lines + 1).isPresent())
        .allMatch(p -> !p.message().isBlank() && p.message().indexOf('\n') < 0)
        .allMatch(p -> p.path().indexOf('\n') < 0);
    definitions.all().forEach(DefinitionWriter::write);
  }
}
