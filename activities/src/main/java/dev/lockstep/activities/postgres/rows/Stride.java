package dev.lockstep.activities.postgres.rows;

import java.math.BigInteger;
import java.util.Optional;

/**
 * Guesses where a batch ends whose key is one whole number, because to count rows up to there costs
 * the server about a tenth of what changing them does.
 *
 * <ol>
 *   <li>Where a counted batch had a row at every second number at least, the next few batches end
 *       as many numbers further as rows are wanted. They have no more rows, since no two rows share
 *       a number.
 *   <li>Then one is counted again.
 * </ol>
 */
final class Stride {
  /** A hole in the numbers costs at most so many batches of few rows. */
  private static final int GUESSES = 16;

  private static final BigInteger NUMBERS_A_ROW = BigInteger.TWO;

  private int guesses;

  /** The end of a batch of at most so many rows; none where it has to be counted. */
  Optional<Key> guess(Interval left, long rows) {
    if (guesses == 0 || left.after().isEmpty() || left.upTo().isEmpty()) {
      return Optional.empty();
    }
    guesses--;
    BigInteger end = number(left.after().get()).add(BigInteger.valueOf(rows));
    BigInteger last = number(left.upTo().get());
    return Optional.of(end.compareTo(last) < 0 ? Key.of(end.toString()) : left.upTo().get());
  }

  /** Learns from a batch whose rows were counted. */
  void counted(Interval left, Key end, long rows) {
    boolean dense =
        left.after().isPresent()
            && number(end)
                    .subtract(number(left.after().get()))
                    .compareTo(NUMBERS_A_ROW.multiply(BigInteger.valueOf(rows)))
                <= 0;
    guesses = dense ? GUESSES : 0;
  }

  private static BigInteger number(Key key) {
    return new BigInteger(key.values().get(0));
  }
}
