package dev.lockstep.worker.report.page;

import java.util.List;

/**
 * A report.
 *
 * @param verdict one word or two
 * @param mark of the verdict
 * @param lead sentences below the verdict
 */
public record Page(
    String title, String verdict, Mark mark, List<String> lead, List<Section> sections) {
  public Page {
    lead = List.copyOf(lead);
    sections = List.copyOf(sections);
  }

  /** A part with a heading; one without blocks is not shown. */
  public record Section(String title, List<Block> blocks) {
    public Section {
      blocks = List.copyOf(blocks);
    }
  }
}
