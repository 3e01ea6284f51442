package dev.lockstep.worker.report;

import dev.lockstep.worker.report.page.Block;
import dev.lockstep.worker.report.page.Quantities;
import dev.lockstep.worker.report.page.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Everything that the steps counted. */
final class FigureBlocks {
  private FigureBlocks() {}

  static List<Block> of(Course course) {
    if (course.figures().isEmpty()) {
      return List.of();
    }
    List<Table.Column> columns = new ArrayList<>(Table.texts("figure"));
    columns.addAll(Table.numbers("value"));
    columns.addAll(Table.texts("that is"));
    return List.of(
        new Table(
            "Sums over all steps; names that begin with max are the largest",
            columns,
            course.figures().entrySet().stream()
                .map(
                    figure ->
                        Table.row(
                            figure.getKey(),
                            Quantities.number(figure.getValue()),
                            meaning(figure.getKey(), figure.getValue())))
                .toList()));
  }

  private static String meaning(String name, long value) {
    String word = name.toLowerCase(Locale.ROOT);
    if (word.endsWith("millis")) {
      return Quantities.duration(Duration.ofMillis(value));
    }
    return word.endsWith("bytes") ? Quantities.bytes(value) : "";
  }
}
