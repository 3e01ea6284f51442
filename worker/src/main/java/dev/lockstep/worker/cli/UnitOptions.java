package dev.lockstep.worker.cli;

import dev.lockstep.definitions.model.ByteCount;
import dev.lockstep.definitions.model.ByteRate;
import dev.lockstep.definitions.model.Rate;
import dev.lockstep.definitions.yaml.Durations;
import dev.lockstep.definitions.yaml.Rates;
import dev.lockstep.definitions.yaml.Sizes;
import java.time.Duration;
import picocli.CommandLine.TypeConversionException;

/** Options with a unit, written as in definitions. */
final class UnitOptions {
  private UnitOptions() {}

  static Duration parseDuration(String text) {
    return Durations.read(text)
        .orElseThrow(
            () -> new TypeConversionException("'" + text + "' is not " + Durations.WANTED));
  }

  static Rate parseRate(String text) {
    return Rates.read(text)
        .orElseThrow(() -> new TypeConversionException("'" + text + "' is not " + Rates.WANTED));
  }

  static ByteCount parseSize(String text) {
    return Sizes.read(text)
        .orElseThrow(() -> new TypeConversionException("'" + text + "' is not " + Sizes.WANTED));
  }

  static ByteRate parseSizeRate(String text) {
    return Sizes.readRate(text)
        .orElseThrow(
            () -> new TypeConversionException("'" + text + "' is not " + Sizes.RATE_WANTED));
  }
}
