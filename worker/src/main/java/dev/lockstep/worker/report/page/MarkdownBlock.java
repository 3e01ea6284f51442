package dev.lockstep.worker.report.page;

import java.util.List;
import java.util.stream.Collectors;

/** A block as Markdown; a chart is the table of its data. */
record MarkdownBlock() implements Block.Visitor<String> {
  private static final int MOST = 20;

  @Override
  public String text(Block.Text block) {
    return Plain.inline(block.text()) + "\n";
  }

  @Override
  public String figures(Block.Figures block) {
    return block.figures().stream()
        .map(
            figure ->
                "- %s: **%s**\n"
                    .formatted(Plain.inline(figure.label()), Plain.inline(figure.value())))
        .collect(Collectors.joining());
  }

  /** Indented: no line can end the block. */
  @Override
  public String lines(Block.Lines block) {
    return Plain.inline(block.caption())
        + ":\n\n"
        + block.lines().stream()
            .flatMap(String::lines)
            .map(line -> "    " + line + "\n")
            .collect(Collectors.joining());
  }

  @Override
  public String table(Table block) {
    String head = line(block.columns().stream().map(Table.Column::title).toList());
    String rule =
        block.columns().stream()
            .map(column -> column.align() == Table.Align.NUMBER ? "---:" : ":---")
            .collect(Collectors.joining(" | ", "| ", " |\n"));
    String rows =
        block.rows().stream()
            .map(row -> line(row.stream().map(Table.Cell::text).toList()))
            .collect(Collectors.joining());
    return Plain.inline(block.caption()) + ":\n\n" + head + rule + rows;
  }

  @Override
  public String lineChart(LineChart block) {
    return table(ChartData.of(block, MOST));
  }

  @Override
  public String spanChart(SpanChart block) {
    return table(ChartData.of(block));
  }

  private static String line(List<String> cells) {
    return cells.stream().map(Plain::inline).collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
