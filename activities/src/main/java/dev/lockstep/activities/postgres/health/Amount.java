package dev.lockstep.activities.postgres.health;

import java.util.Locale;

/** Bytes for people, rounded; {@link dev.lockstep.definitions.model.ByteCount} keeps every one. */
final class Amount {
  private static final long MEBI = 1L << 20;
  private static final long GIBI = 1L << 30;

  private Amount() {}

  static String of(double bytes) {
    return bytes < GIBI
        ? String.format(Locale.ROOT, "%.1f MiB", bytes / MEBI)
        : String.format(Locale.ROOT, "%.1f GiB", bytes / GIBI);
  }
}
