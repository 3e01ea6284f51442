package dev.lockstep.worker.report.page;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table as HTML, in a place that scrolls where the screen is narrow. */
final class HtmlTable {
  private HtmlTable() {}

  static String of(Table table) {
    return """
        <div class="scroll" tabindex="0" role="region" aria-label="%s">
        <table>
        <caption>%s</caption>
        <thead><tr>%s</tr></thead>
        <tbody>
        %s</tbody>
        </table>
        </div>
        """
        .formatted(
            Markup.escape(table.caption()),
            Markup.escape(table.caption()),
            table.columns().stream()
                .map(
                    column ->
                        "<th scope=\"col\"%s>%s</th>"
                            .formatted(style(column, Mark.PLAIN), Markup.escape(column.title())))
                .collect(Collectors.joining()),
            table.rows().stream().map(row -> row(table, row)).collect(Collectors.joining()));
  }

  private static String row(Table table, List<Table.Cell> cells) {
    return IntStream.range(0, cells.size())
        .mapToObj(at -> cell(table.columns().get(at), cells.get(at), at == 0 ? "th" : "td"))
        .collect(Collectors.joining("", "<tr>", "</tr>\n"));
  }

  private static String cell(Table.Column column, Table.Cell cell, String element) {
    return "<%s%s%s>%s</%s>"
        .formatted(
            element,
            element.equals("th") ? " scope=\"row\"" : "",
            style(column, cell.mark()),
            Markup.escape(cell.text()),
            element);
  }

  private static String style(Table.Column column, Mark mark) {
    String align = column.align() == Table.Align.NUMBER ? "number" : "";
    String colour = mark == Mark.PLAIN ? "" : mark.css();
    String both = (align + " " + colour).strip();
    return both.isEmpty() ? "" : " class=\"" + both + "\"";
  }
}
