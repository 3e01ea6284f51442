package dev.lockstep.worker.report.page;

import java.util.List;
import java.util.stream.Stream;

/**
 * Rows under headings.
 *
 * @param caption what the rows are
 * @param rows each with one cell a column; the first one names the row
 */
public record Table(String caption, List<Column> columns, List<List<Cell>> rows) implements Block {
  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** A heading, and how what stands below it is set. */
  public record Column(String title, Align align) {}

  /** How a column is set. */
  public enum Align {
    /** From the left. */
    TEXT,
    /** To the right, so that digits stand below digits. */
    NUMBER
  }

  /** A value. */
  public record Cell(String text, Mark mark) {
    /** One that is neither good nor bad. */
    public Cell(String text) {
      this(text, Mark.PLAIN);
    }
  }

  /** Columns of text. */
  public static List<Column> texts(String... titles) {
    return Stream.of(titles).map(title -> new Column(title, Align.TEXT)).toList();
  }

  /** Columns of numbers. */
  public static List<Column> numbers(String... titles) {
    return Stream.of(titles).map(title -> new Column(title, Align.NUMBER)).toList();
  }

  /** A row of plain cells. */
  public static List<Cell> row(String... texts) {
    return Stream.of(texts).map(Cell::new).toList();
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.table(this);
  }
}
