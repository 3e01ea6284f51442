package dev.lockstep.deploy.bench;

import dev.lockstep.definitions.yaml.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as in definitions. */
public final class DurationConverter implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    return Durations.read(text)
        .orElseThrow(
            () -> new TypeConversionException("'" + text + "' is not " + Durations.WANTED));
  }
}
