package dev.lockstep.definitions.model;

/** An amount of data a second. */
public record ByteRate(ByteCount perSecond) {
  @Override
  public String toString() {
    return perSecond + "/s";
  }
}
