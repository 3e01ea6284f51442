package dev.lockstep.activities.dump.mysql;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What mydumper writes about a dump, read line by line: a section a table with its name and rows,
 * the position of the log in comments, and a last line.
 */
final class MydumperMetadata {
  private static final String LAST = "# Finished dump at: ";
  private static final String NAME = "real_table_name=";
  private static final String ROWS = "rows = ";
  private static final String FILE = "SOURCE_LOG_FILE = ";
  private static final String PLACE = "SOURCE_LOG_POS = ";

  private final SortedMap<String, Long> rows = new TreeMap<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private @Nullable String table;
  private String logFile = "";
  private String logPlace = "";
  private boolean finished;

  void take(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == '\n') {
        read(line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else {
        line.write(bytes[i]);
      }
    }
  }

  private void read(String text) {
    finished = text.startsWith(LAST) || (finished && text.isEmpty());
    String said = text.startsWith("# ") ? text.substring(2) : text;
    if (text.startsWith("[")) {
      table = null;
    } else if (text.startsWith(NAME)) {
      // As it stands between backticks.
      table = text.substring(NAME.length()).replace("``", "`");
    } else if (text.startsWith(ROWS) && table != null) {
      rows.put(table, Long.parseLong(text.substring(ROWS.length()).strip()));
    } else if (said.startsWith(FILE)) {
      logFile = said.substring(FILE.length()).replace("\"", "").strip();
    } else if (said.startsWith(PLACE)) {
      logPlace = said.substring(PLACE.length()).strip();
    }
  }

  /** Whether the last line was the one that stands behind everything else. */
  boolean isFinished() {
    return finished && line.size() == 0;
  }

  /** Written, by table. */
  SortedMap<String, Long> rows() {
    return rows;
  }

  /** Such as {@code binlog.000001:864}; empty where there is no log. */
  Optional<String> position() {
    return logFile.isEmpty() ? Optional.empty() : Optional.of(logFile + ":" + logPlace);
  }
}
