package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import java.util.List;
import java.util.regex.Pattern;

/** What the headers of a signature must keep. */
public record HeaderChecks(List<Problem> problems) {
  /**
   * The name of a header, as HTTP has it without the signs that nobody uses.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.1">RFC 9110, section 5.1</a>
   */
  public static final Pattern HEADER = Pattern.compile("^[A-Za-z0-9][-_A-Za-z0-9]{0,99}$");

  /**
   * Checks both.
   *
   * @param path of the object that has the fields {@code header} and {@code timestampHeader}
   */
  void check(String path, String header, String timestampHeader) {
    name(path + ".header", header);
    name(path + ".timestampHeader", timestampHeader);
    if (header.equalsIgnoreCase(timestampHeader)) {
      problems.add(
          Problem.at(
              path + ".timestampHeader",
              Code.CHOICE_WRONG,
              "is `" + timestampHeader + "`, which holds the signature; wanted another"));
    }
  }

  private void name(String path, String name) {
    if (!HEADER.matcher(name).matches()) {
      problems.add(
          Problem.at(
              path,
              Code.VALUE_WRONG,
              "is no name of a header; wanted 1 to 100 letters, digits, - and _, such as"
                  + " X-Signature"));
    }
  }
}
