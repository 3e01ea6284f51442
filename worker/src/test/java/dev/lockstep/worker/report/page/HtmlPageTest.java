package dev.lockstep.worker.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

final class HtmlPageTest {
  private static final String EVIL = "</title><script>alert('1')</script> & \"x\" \u0000\ud800";
  private static final String SHOWN = "</title><script>alert('1')</script> & \"x\" \ufffd\ufffd";

  @Test
  void noTextIsMarkupWhereverItStands() throws Exception {
    Page page =
        new Page(
            EVIL,
            EVIL,
            Mark.BAD,
            List.of(EVIL),
            List.of(
                new Page.Section(
                    EVIL,
                    List.of(
                        new Block.Text(EVIL),
                        new Block.Figures(List.of(new Block.Figure(EVIL, EVIL))),
                        new Block.Lines(EVIL, List.of(EVIL)),
                        new Table(EVIL, Table.texts(EVIL), List.of(Table.row(EVIL))),
                        new LineChart(
                            EVIL,
                            LineChart.Scale.ELAPSED,
                            Unit.ROWS,
                            List.of(new LineChart.Series(EVIL, List.of(new LineChart.Point(1, 2)))),
                            List.of(new LineChart.Moment(1, EVIL))),
                        new SpanChart(
                            EVIL, List.of(new SpanChart.Span("x", 0, 1, EVIL, Mark.GOOD)))))));

    String html = HtmlPage.of(page);

    Document parsed =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
    assertThat(parsed.getElementsByTagName("script").getLength()).isZero();
    for (String element :
        List.of("h1", "h2", "dt", "dd", "pre", "caption", "th", "figcaption", "text")) {
      assertThat(parsed.getElementsByTagName(element).getLength()).as(element).isPositive();
    }
    assertThat(parsed.getElementsByTagName("h1").item(0).getTextContent()).isEqualTo(SHOWN);
    assertThat(parsed.getElementsByTagName("pre").item(0).getTextContent()).isEqualTo(SHOWN);
    assertThat(parsed.getElementsByTagName("dd").item(0).getTextContent()).isEqualTo(SHOWN);
  }

  @Test
  void aSectionWithoutBlocksIsNotShown() {
    Page page =
        new Page("t", "v", Mark.PLAIN, List.of(), List.of(new Page.Section("Gone", List.of())));

    assertThat(HtmlPage.of(page)).doesNotContain("Gone").doesNotContain("<h2");
  }

  @Test
  void aChartOfOneValueOrOfNothingButZerosIsDrawn() {
    for (double value : new double[] {0, 1, 1e12}) {
      LineChart chart =
          new LineChart(
              "c",
              LineChart.Scale.DATE,
              Unit.BYTES,
              List.of(new LineChart.Series("s", List.of(new LineChart.Point(1.7e9, value)))));
      assertThat(new LineChartSvg(chart).draw("c")).doesNotContain("NaN", "Infinity");
    }
  }

  @Test
  void ticksReachTheLargestValueAndAreFew() {
    for (double largest : new double[] {0, 0.3, 1, 7, 99, 100, 12_345, 5e9}) {
      assertThat(Ticks.values(largest)).hasSizeBetween(2, 8);
      assertThat(Ticks.values(largest).get(Ticks.values(largest).size() - 1))
          .isGreaterThanOrEqualTo(largest);
      assertThat(Ticks.bytes(largest)).hasSizeBetween(2, 8);
      assertThat(Ticks.elapsed(largest)).hasSizeBetween(1, 8);
    }
    assertThat(Ticks.elapsed(100)).containsExactly(0.0, 30.0, 60.0, 90.0);
  }

  @Test
  void markdownSignsOfTextMeanThemselvesAndStayOnOneLine() {
    Page page =
        new Page(
            "a|b",
            "*v*",
            Mark.PLAIN,
            List.of("# no heading\n<b>"),
            List.of(
                new Page.Section(
                    "s",
                    List.of(new Table("c", Table.texts("h"), List.of(Table.row("x | y\n| z")))))));

    assertThat(MarkdownPage.of(page).lines())
        .contains("# a\\|b", "**\\*v\\***", "\\# no heading &lt;b&gt;", "| x \\| y \\| z |");
  }
}
