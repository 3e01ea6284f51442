package dev.lockstep.activities.dump.mysql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows as lines, as {@code SELECT … INTO OUTFILE} writes and {@code LOAD DATA … CHARACTER SET
 * binary IGNORE 1 LINES} reads them: fields parted by tabs, {@code \\N} for NULL, a backslash
 * before what would end a field or a line. The first line is a {@link Head}; the last one is {@code
 * \\.} and the number of rows.
 */
final class RowLines {
  /** How many bytes of a line are no rows: names of 4,096 columns of 64 characters. */
  private static final int HEAD_BYTES = 4 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] NULL = {'\\', 'N'};

  private RowLines() {}

  /**
   * What the rows are of.
   *
   * @param table without its database
   * @param columns in the order of the fields
   * @param types of them
   */
  record Head(String table, List<String> columns, List<String> types) {
    Head {
      columns = List.copyOf(columns);
      types = List.copyOf(types);
    }

    byte[] line() {
      try {
        return (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
      } catch (JsonProcessingException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    List<ColumnForm> forms() {
      List<ColumnForm> forms = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        forms.add(new ColumnForm(columns.get(i), types.get(i)));
      }
      return forms;
    }

    /**
     * Reads the first line.
     *
     * @throws io.temporal.failure.ApplicationFailure {@code LOAD_FAILED} where it is none
     */
    static Head read(String part, InputStream content) throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = content.read(); next >= 0 && next != '\n'; next = content.read()) {
        if (line.size() == HEAD_BYTES) {
          break;
        }
        line.write(next);
      }
      try {
        Head head = JSON.readValue(line.toByteArray(), Head.class);
        if (head.columns().size() == head.types().size()) {
          return head;
        }
      } catch (IOException e) {
        throw failed(part + " holds no rows of a table");
      }
      throw failed(part + " holds no rows of a table");
    }
  }

  /** Writes one field behind those that are there. */
  static void write(ByteArrayOutputStream line, byte @Nullable [] value) {
    if (value == null) {
      line.writeBytes(NULL);
      return;
    }
    int from = 0;
    for (int i = 0; i < value.length; i++) {
      int escape = escape(value[i]);
      if (escape != 0) {
        line.write(value, from, i - from);
        line.write('\\');
        line.write(escape);
        from = i + 1;
      }
    }
    line.write(value, from, value.length - from);
  }

  private static int escape(byte of) {
    return switch (of) {
      case 0 -> '0';
      case '\n' -> 'n';
      case '\r' -> 'r';
      case '\t' -> 't';
      case '\\' -> '\\';
      default -> 0;
    };
  }

  private static int meaning(int escape) {
    return switch (escape) {
      case '0' -> 0;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> escape;
    };
  }

  static byte[] end(long rows) {
    return ("\\.\t" + rows + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads rows. */
  static final class Reader {
    private final String table;
    private final InputStream content;
    private final ByteArrayOutputStream field = new ByteArrayOutputStream();
    private long rows;
    private boolean ended;

    /**
     * Behind the head.
     *
     * @param content buffered
     */
    Reader(String table, InputStream content) {
      this.table = table;
      this.content = content;
    }

    /**
     * The next row, with null for NULL; empty behind the last one.
     *
     * @throws io.temporal.failure.ApplicationFailure {@code LOAD_FAILED} where the end mark is
     *     missing, or tells another number of rows
     */
    Optional<List<byte @Nullable []>> next(int columns) throws IOException {
      List<byte @Nullable []> row = new ArrayList<>(columns);
      while (!ended) {
        field.reset();
        boolean nothing = false;
        int next = content.read();
        while (next >= 0 && next != '\t' && next != '\n') {
          if (next == '\\') {
            int escape = content.read();
            if (escape == '.' && row.isEmpty()) {
              end();
              ended = true;
              return Optional.empty();
            }
            nothing = escape == 'N';
            if (!nothing) {
              field.write(meaning(escape));
            }
          } else {
            field.write(next);
          }
          next = content.read();
        }
        if (next < 0) {
          throw failed("the rows of " + table + " have no end mark");
        }
        row.add(nothing ? null : field.toByteArray());
        if (next == '\n') {
          if (row.size() != columns) {
            throw failed("a row of %s has %d fields of %d".formatted(table, row.size(), columns));
          }
          rows++;
          return Optional.of(row);
        }
      }
      return Optional.empty();
    }

    private void end() throws IOException {
      byte[] rest = content.readNBytes(24);
      if (!new String(rest, StandardCharsets.US_ASCII).equals("\t" + rows + "\n")) {
        throw failed(
            "the rows of %s end after %d, which is not their number".formatted(table, rows));
      }
    }
  }

  private static RuntimeException failed(String message) {
    return Faults.failure(FaultCode.LOAD_FAILED, message, "");
  }
}
