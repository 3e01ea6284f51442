package dev.lockstep.worker.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * A report as one HTML page that needs nothing else: data, style and the chart library are in it.
 */
public final class ReportPage {
  private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  private ReportPage() {}

  /**
   * The page.
   *
   * @param json the report, as {@code report.json} has it
   */
  public static String of(String json) throws IOException {
    return resource("/report/page.html")
        .replace("/*CHART_STYLE*/", resource(CHARTS + "uPlot.min.css"))
        .replace("/*CHART_SCRIPT*/", resource(CHARTS + "uPlot.iife.min.js"))
        .replace("/*PAGE_SCRIPT*/", resource("/report/page.js"))
        // Inside a script element, no text may look like its end or like a comment: JSON has < only
        // in
        // strings, where it may be written so.
        .replace("/*REPORT*/", json.replace("<", "\\u003c"));
  }

  private static String resource(String path) throws IOException {
    try (InputStream stream = ReportPage.class.getResourceAsStream(path)) {
      if (stream == null) {
        throw new IOException("the archive lacks " + path);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
