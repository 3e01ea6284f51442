package dev.lockstep.activities.restore;

import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an answer must be. Two numbers are equal where their values are. A truth is said by its name
 * or, as databases give it, by its first letter; MySQL gives it as 1 or 0.
 *
 * @param text the value it is compared with
 */
record Expectation(Sign sign, String text) {
  private static final Pattern FORM = Pattern.compile("(?s)\\s*(!=|>=|<=|=|>|<)?\\s*(.*?)\\s*");
  private static final int SHOWN_CHARACTERS = 200;

  /** How it is compared. */
  enum Sign {
    EQUAL("="),
    DIFFERENT("!="),
    GREATER(">"),
    AT_LEAST(">="),
    LESS("<"),
    AT_MOST("<=");

    private final String written;

    Sign(String written) {
      this.written = written;
    }
  }

  /**
   * Reads {@code = VALUE}, {@code != VALUE}, {@code > N}, {@code >= N}, {@code < N}, {@code <= N}
   * or a bare value.
   *
   * @throws io.temporal.failure.ApplicationFailure DEFINITION_WRONG where an order is asked of
   *     something that is no number
   */
  static Expectation parse(String expect, String step) {
    Matcher form = FORM.matcher(expect);
    if (!form.matches()) {
      throw new IllegalStateException("every text is of that form");
    }
    String written = form.group(1) == null ? "=" : form.group(1);
    Sign sign = Sign.EQUAL;
    for (Sign candidate : Sign.values()) {
      sign = candidate.written.equals(written) ? candidate : sign;
    }
    Expectation expectation = new Expectation(sign, form.group(2));
    if (sign != Sign.EQUAL && sign != Sign.DIFFERENT && number(expectation.text).isEmpty()) {
      throw Faults.failure(
          FaultCode.DEFINITION_WRONG,
          "expect " + expect + ": after " + written + " comes a number",
          step);
    }
    return expectation;
  }

  /**
   * Why an answer is not the expected one; empty: it is.
   *
   * @param answer empty: there is none
   */
  Optional<String> unmet(Optional<String> answer) {
    return answer.filter(this::fits).isPresent()
        ? Optional.empty()
        : Optional.of(
            "expected " + this + ", got " + answer.map(Expectation::shown).orElse("nothing"));
  }

  private boolean fits(String answer) {
    return switch (sign) {
      case EQUAL -> same(answer);
      case DIFFERENT -> !same(answer);
      case GREATER -> ordered(answer, order -> order > 0);
      case AT_LEAST -> ordered(answer, order -> order >= 0);
      case LESS -> ordered(answer, order -> order < 0);
      case AT_MOST -> ordered(answer, order -> order <= 0);
    };
  }

  private boolean same(String answer) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> Set.of("true", "t", "1").contains(answer.toLowerCase(Locale.ROOT));
      case "false" -> Set.of("false", "f", "0").contains(answer.toLowerCase(Locale.ROOT));
      default -> text.equals(answer) || ordered(answer, order -> order == 0);
    };
  }

  private boolean ordered(String answer, IntPredicate asked) {
    Optional<BigDecimal> left = number(answer);
    Optional<BigDecimal> right = number(text);
    return left.isPresent() && right.isPresent() && asked.test(left.get().compareTo(right.get()));
  }

  private static Optional<BigDecimal> number(String text) {
    try {
      return Optional.of(new BigDecimal(text.strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String shown(String answer) {
    return answer.length() <= SHOWN_CHARACTERS
        ? answer
        : answer.substring(0, SHOWN_CHARACTERS) + "…";
  }

  @Override
  public String toString() {
    return sign.written + " " + text;
  }
}
