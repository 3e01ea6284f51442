package dev.lockstep.definitions.model;

/**
 * A number of things a second.
 *
 * @param perSecond at least 1
 */
public record Rate(long perSecond) {
  public Rate {
    if (perSecond < 1) {
      throw new IllegalArgumentException("a rate is at least 1/s, not " + perSecond + "/s");
    }
  }

  @Override
  public String toString() {
    return perSecond + "/s";
  }
}
