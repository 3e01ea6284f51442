package dev.lockstep.worker.report.page;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Colours of text, lines and bars against what is behind them, in light and dark. */
final class PaletteTest {
  private static final Pattern BLOCK = Pattern.compile(":root \\{([^}]*)\\}");
  private static final Pattern COLOUR = Pattern.compile("--(\\w+): #([0-9a-f]{6});");

  /** WCAG 2.2, 1.4.3: 4.5 to 1 for text. Lines would need 3 to 1 only. */
  private static final double LEAST = 4.5;

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void everyColourStandsOutFromPaperAndCards(int scheme) {
    Map<String, String> colours = colours(scheme);

    for (String ink :
        List.of("ink", "soft", "link", "good", "care", "bad", "one", "two", "three", "four")) {
      for (String behind : List.of("paper", "card")) {
        assertThat(contrast(requireNonNull(colours.get(ink)), requireNonNull(colours.get(behind))))
            .as("%s on %s", ink, behind)
            .isGreaterThanOrEqualTo(LEAST);
      }
    }
  }

  private static Map<String, String> colours(int scheme) {
    Matcher block = BLOCK.matcher(HtmlPage.style());
    for (int at = 0; at <= scheme; at++) {
      assertThat(block.find()).isTrue();
    }
    Map<String, String> colours = new TreeMap<>();
    Matcher colour = COLOUR.matcher(block.group(1));
    while (colour.find()) {
      colours.put(colour.group(1), colour.group(2));
    }
    return colours;
  }

  /** <a href="https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio">WCAG 2.2</a>. */
  private static double contrast(String one, String other) {
    double first = luminance(one);
    double second = luminance(other);
    return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
  }

  private static double luminance(String colour) {
    return 0.2126 * part(colour, 0) + 0.7152 * part(colour, 2) + 0.0722 * part(colour, 4);
  }

  private static double part(String colour, int at) {
    double value = Integer.parseInt(colour.substring(at, at + 2), 16) / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
