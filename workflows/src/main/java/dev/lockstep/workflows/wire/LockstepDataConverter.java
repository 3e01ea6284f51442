package dev.lockstep.workflows.wire;

import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;

/** The data converter that every client and worker of Lockstep uses. */
public final class LockstepDataConverter {
  private LockstepDataConverter() {}

  /**
   * Temporal's converter with {@link Wire#mapper()} for JSON. Payloads keep the encoding {@code
   * json/plain}, so that the Temporal UI shows and takes them.
   */
  public static DataConverter create() {
    return DefaultDataConverter.newDefaultInstance()
        .withPayloadConverterOverrides(new JacksonJsonPayloadConverter(Wire.mapper()));
  }
}
