package dev.lockstep.worker.report.page;

import java.util.stream.Collectors;

/** A page as Markdown with tables, as code hosts and chats show it. */
public final class MarkdownPage {
  private MarkdownPage() {}

  /** The text. */
  public static String of(Page page) {
    return "# %s\n\n**%s**\n\n%s%s"
        .formatted(
            Plain.inline(page.title()),
            Plain.inline(page.verdict()),
            page.lead().stream()
                .map(line -> Plain.inline(line) + "\n\n")
                .collect(Collectors.joining()),
            page.sections().stream()
                .filter(section -> !section.blocks().isEmpty())
                .map(MarkdownPage::section)
                .collect(Collectors.joining("\n")));
  }

  private static String section(Page.Section section) {
    return section.blocks().stream()
        .map(block -> block.accept(new MarkdownBlock()))
        .collect(Collectors.joining("\n", "## " + Plain.inline(section.title()) + "\n\n", ""));
  }
}
