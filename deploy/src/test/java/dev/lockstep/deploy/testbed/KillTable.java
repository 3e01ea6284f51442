package dev.lockstep.deploy.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the tests that kill servers found, as a table in Markdown for people: {@code
 * target/kills.md}. A row stands for the last time that its test ran.
 */
public final class KillTable {
  private static final Path FILE = Path.of("target", "kills.md");
  private static final List<String> HEAD =
      List.of(
          "| killed | rows changed or lost | batches repeated | state at the end | first new"
              + " progress after |",
          "|---|---|---|---|---|");

  private KillTable() {}

  /**
   * Notes one kill.
   *
   * @param where what was killed and when, such as {@code worker, in the middle of the backfill}
   * @param loss what the test found changed, lost or done twice
   * @param state of the run at its end
   * @param progress from the kill to the first batch or step that was committed after it
   */
  public static synchronized void note(String where, Loss loss, String state, Duration progress) {
    String row =
        String.format(
            Locale.ROOT,
            "| %s | %d | %d | %s | %.1f s |",
            where,
            loss.rows(),
            loss.batchesRepeated(),
            state,
            progress.toMillis() / 1000.0);
    try {
      Files.createDirectories(Path.of("target"));
      List<String> lines = new ArrayList<>(HEAD);
      if (Files.exists(FILE)) {
        Files.readAllLines(FILE).stream()
            .skip(HEAD.size())
            .filter(line -> !line.startsWith("| " + where + " |"))
            .forEach(lines::add);
      }
      lines.add(row);
      Files.write(FILE, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What a kill cost.
   *
   * @param rows whose value is another one than before the kill, or that are not there any more
   * @param batchesRepeated that were computed a second time
   */
  public record Loss(long rows, long batchesRepeated) {}
}
