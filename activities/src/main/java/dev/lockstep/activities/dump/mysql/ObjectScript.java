package dev.lockstep.activities.dump.mysql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Definitions of objects as SQL. Before each statement stands a comment with what has to be set for
 * it and how many lines it has; the last line is a mark, without which the script was cut.
 */
record ObjectScript(List<Item> items) {
  private static final String FIRST = "-- Definitions of a database";
  private static final String HEAD = "-- ";
  private static final String LAST = "-- end";
  private static final ObjectMapper JSON = new ObjectMapper();

  ObjectScript {
    items = List.copyOf(items);
  }

  /** What an object is. */
  enum Kind {
    TABLE,
    FUNCTION,
    PROCEDURE,
    VIEW,
    TRIGGER,
    EVENT
  }

  /**
   * One object.
   *
   * @param table that it belongs to; empty: it belongs to the database
   * @param setting what was set when it was made
   * @param sql without semicolon
   */
  record Item(Kind kind, String name, String table, Setting setting, String sql) {
    @Override
    public String toString() {
      return kind.name().toLowerCase(Locale.ROOT) + " " + name;
    }
  }

  /** Settings of a session; no mode is a mode too, no collation or zone: it does not matter. */
  record Setting(String sqlMode, String collation, String timeZone) {
    static final Setting NONE = new Setting("", "", "");
  }

  private record Head(Kind kind, String name, String table, Setting setting, int lines) {}

  byte[] bytes() {
    StringBuilder text = new StringBuilder(FIRST + "\n");
    for (Item item : items) {
      int lines = item.sql().split("\n", -1).length;
      Head head = new Head(item.kind(), item.name(), item.table(), item.setting(), lines);
      try {
        text.append(HEAD).append(JSON.writeValueAsString(head)).append('\n');
      } catch (JsonProcessingException impossible) {
        throw new IllegalStateException(impossible);
      }
      text.append(item.sql()).append(";\n");
    }
    return (text + LAST + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads it back.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code LOAD_FAILED} where it is cut or something
   *     else
   */
  static ObjectScript parse(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    List<String> lines = List.of(text.split("\n", -1));
    if (!lines.get(0).equals(FIRST) || !text.endsWith("\n" + LAST + "\n")) {
      throw broken();
    }
    List<Item> items = new ArrayList<>();
    int line = 1;
    while (line < lines.size() - 2) {
      Head head = head(lines.get(line));
      int end = line + 1 + head.lines();
      if (end > lines.size() - 2) {
        throw broken();
      }
      String sql = String.join("\n", lines.subList(line + 1, end));
      items.add(
          new Item(
              head.kind(),
              head.name(),
              head.table(),
              head.setting(),
              sql.substring(0, sql.length() - 1)));
      line = end;
    }
    return new ObjectScript(items);
  }

  private static Head head(String line) {
    try {
      return JSON.readValue(line.substring(Math.min(line.length(), HEAD.length())), Head.class);
    } catch (IOException e) {
      throw broken();
    }
  }

  private static RuntimeException broken() {
    return Faults.failure(FaultCode.LOAD_FAILED, "the definitions are cut, or no script", "");
  }

  /** Only what belongs to these tables; everything where the choice is empty. */
  ObjectScript of(List<String> tables) {
    return tables.isEmpty()
        ? this
        : new ObjectScript(items.stream().filter(item -> tables.contains(item.table())).toList());
  }
}
