package dev.lockstep.worker.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A page as one file of HTML that needs nothing else: no script, no font, no picture. It is
 * well-formed XML too.
 */
public final class HtmlPage {
  private static final String FRAME =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
      <title>%s</title>
      <style>
      %s</style>
      </head>
      <body>
      <a class="skip" href="#main">To the report</a>
      <header>
      <h1>%s</h1>
      <p class="verdict %s">%s</p>
      %s</header>
      <nav aria-label="Contents">
      <ul>
      %s</ul>
      </nav>
      <main id="main">
      %s</main>
      <footer><p>Made by Lockstep.</p></footer>
      </body>
      </html>
      """;

  private HtmlPage() {}

  /** The file's text. */
  public static String of(Page page) {
    List<Page.Section> sections =
        page.sections().stream().filter(section -> !section.blocks().isEmpty()).toList();
    return FRAME.formatted(
        Markup.escape(page.title()),
        style(),
        Markup.escape(page.title()),
        page.mark().css(),
        Markup.escape(page.verdict()),
        page.lead().stream()
            .map(line -> "<p>" + Markup.escape(line) + "</p>\n")
            .collect(Collectors.joining()),
        IntStream.range(0, sections.size())
            .mapToObj(
                at ->
                    "<li><a href=\"#s%d\">%s</a></li>\n"
                        .formatted(at, Markup.escape(sections.get(at).title())))
            .collect(Collectors.joining()),
        IntStream.range(0, sections.size())
            .mapToObj(at -> section(at, sections.get(at)))
            .collect(Collectors.joining()));
  }

  private static String section(int number, Page.Section section) {
    String blocks =
        IntStream.range(0, section.blocks().size())
            .mapToObj(at -> section.blocks().get(at).accept(new HtmlBlock("c" + number + "-" + at)))
            .collect(Collectors.joining());
    return "<section id=\"s%d\" aria-labelledby=\"h%d\">\n<h2 id=\"h%d\">%s</h2>\n%s</section>\n"
        .formatted(number, number, number, Markup.escape(section.title()), blocks);
  }

  /** The style sheet; it holds no text that is markup. */
  static String style() {
    try (InputStream stream = HtmlPage.class.getResourceAsStream("/report/style.css")) {
      if (stream == null) {
        throw new IllegalStateException("the archive lacks report/style.css");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
