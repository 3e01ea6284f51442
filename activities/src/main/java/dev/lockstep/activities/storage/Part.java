package dev.lockstep.activities.storage;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** The beginning of an array, as one part of an upload. Nothing is copied. */
final class Part {
  private final int number;
  private final byte[] array;
  private final int length;

  /**
   * @param number from 1
   * @param length how many bytes of {@code array} are meant
   */
  Part(int number, byte[] array, int length) {
    this.number = number;
    this.array = array;
    this.length = length;
  }

  int number() {
    return number;
  }

  int length() {
    return length;
  }

  /** All of it, anew at each call: a request may be repeated. */
  InputStream stream() {
    return stream(0);
  }

  /** What stands behind the first bytes. */
  InputStream stream(int from) {
    return new ByteArrayInputStream(array, from, length - from);
  }

  void addTo(Sum sum) {
    sum.add(array, 0, length);
  }
}
