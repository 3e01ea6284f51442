package dev.lockstep.worker.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ReportPageTest {
  /** Whatever a browser would fetch: sources, links, style imports, requests of scripts. */
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(src|href)\\s*=|url\\(|@import|fetch\\(|XMLHttpRequest|import\\(|<link|<img|<iframe");

  @Test
  void refersToNothingOutside() throws IOException {
    assertThat(ReportPage.of("{}")).doesNotContainPattern(REFERENCE);
  }

  @Test
  void holdsStyleScriptsAndData() throws IOException {
    String page = ReportPage.of("{\"rows\": 4711}");

    assertThat(page)
        .contains("uPlot", "u-legend", "\"use strict\";", "{\"rows\": 4711}")
        .doesNotContain("/*CHART_STYLE*/", "/*CHART_SCRIPT*/", "/*PAGE_SCRIPT*/", "/*REPORT*/");
  }

  @Test
  void noTextOfTheReportIsMarkup() throws IOException {
    String json = "{\"why\": \"</script><script>alert(1)</script> <!--<script\"}";

    assertThat(ReportPage.of(json))
        .doesNotContain("alert(1)</script>", "<!--<script")
        .contains("\\u003c/script>\\u003cscript>alert(1)");
  }

  @Test
  void textWithDollarsAndBackslashesStaysAsItIs() throws IOException {
    assertThat(ReportPage.of("{\"a\": \"$1 \\\\ $0\"}")).contains("{\"a\": \"$1 \\\\ $0\"}");
  }
}
