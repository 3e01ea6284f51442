package dev.lockstep.worker.report.page;

import java.util.regex.Pattern;

/** Text inside of Markdown, so that it is text whatever it holds. */
final class Plain {
  private static final Pattern SIGN = Pattern.compile("([\\\\`*_\\[\\]|~#!])");

  private Plain() {}

  /** On one line; signs of Markdown and HTML mean themselves. */
  static String inline(String text) {
    String oneLine = text.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
    String escaped = SIGN.matcher(oneLine).replaceAll("\\\\$1");
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
