package dev.lockstep.worker.report.page;

/**
 * What is around a drawing: its size, and what it says to who does not see it.
 *
 * @param id unique in the page
 * @param height of the drawing, in its own units
 */
record SvgFrame(String id, double height, String title, String sentence) {
  /** Of every drawing; a page scales it. */
  static final double WIDTH = 720;

  /**
   * The drawing.
   *
   * @param content shapes and texts
   */
  String around(String content) {
    return """
        <svg viewBox="0 0 %s %s" role="img" aria-labelledby="%s-t %s-d">
        <title id="%s-t">%s</title>
        <desc id="%s-d">%s</desc>
        %s</svg>
        """
        .formatted(
            Markup.place(WIDTH),
            Markup.place(height),
            id,
            id,
            id,
            Markup.escape(title),
            id,
            Markup.escape(sentence),
            content);
  }
}
