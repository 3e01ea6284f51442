package dev.lockstep.worker.report.page;

import java.util.List;

/** A piece of a section. Closed: every form of a report answers for every kind. */
public sealed interface Block
    permits Block.Text, Block.Figures, Block.Lines, Table, LineChart, SpanChart {
  /** Calls the method of {@code visitor} that fits this kind. */
  <R> R accept(Visitor<R> visitor);

  /** A sentence. */
  record Text(String text) implements Block {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.text(this);
    }
  }

  /** A few numbers that matter most. */
  record Figures(List<Figure> figures) implements Block {
    public Figures {
      figures = List.copyOf(figures);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.figures(this);
    }
  }

  /** One of them. */
  record Figure(String label, String value, Mark mark) {
    /** One that is neither good nor bad. */
    public Figure(String label, String value) {
      this(label, value, Mark.PLAIN);
    }
  }

  /** Lines of text as they are, such as SQL. */
  record Lines(String caption, List<String> lines) implements Block {
    public Lines {
      lines = List.copyOf(lines);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.lines(this);
    }
  }

  /** One answer for each kind. */
  interface Visitor<R> {
    /** Answers for a sentence. */
    R text(Text block);

    /** Answers for figures. */
    R figures(Figures block);

    /** Answers for lines. */
    R lines(Lines block);

    /** Answers for a table. */
    R table(Table block);

    /** Answers for lines over time. */
    R lineChart(LineChart block);

    /** Answers for bars over time. */
    R spanChart(SpanChart block);
  }
}
