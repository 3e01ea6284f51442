package dev.lockstep.worker.report.page;

import java.util.stream.Collectors;

/**
 * A block as HTML.
 *
 * @param id unique in the page
 */
record HtmlBlock(String id) implements Block.Visitor<String> {
  private static final int MOST = 200;

  @Override
  public String text(Block.Text block) {
    return "<p>" + Markup.escape(block.text()) + "</p>\n";
  }

  @Override
  public String figures(Block.Figures block) {
    return block.figures().stream()
        .map(
            figure ->
                "<div class=\"card\"><dt>%s</dt><dd class=\"%s\">%s</dd></div>\n"
                    .formatted(
                        Markup.escape(figure.label()),
                        figure.mark().css(),
                        Markup.escape(figure.value())))
        .collect(Collectors.joining("", "<dl class=\"cards\">\n", "</dl>\n"));
  }

  @Override
  public String lines(Block.Lines block) {
    return """
        <figure><figcaption>%s</figcaption><pre tabindex="0">%s</pre></figure>
        """
        .formatted(Markup.escape(block.caption()), Markup.escape(String.join("\n", block.lines())));
  }

  @Override
  public String table(Table block) {
    return HtmlTable.of(block);
  }

  @Override
  public String lineChart(LineChart block) {
    String caption = "%s (%s)".formatted(block.title(), block.unit().label());
    return chart(caption, new LineChartSvg(block).draw(id), ChartData.of(block, MOST));
  }

  @Override
  public String spanChart(SpanChart block) {
    return chart(block.title(), new SpanChartSvg(block).draw(id), ChartData.of(block));
  }

  private static String chart(String caption, String drawing, Table data) {
    return """
        <figure>
        <figcaption>%s</figcaption>
        %s<details><summary>Data of the chart</summary>
        %s</details>
        </figure>
        """
        .formatted(Markup.escape(caption), drawing, HtmlTable.of(data));
  }
}
