package dev.lockstep.activities.dump;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.function.Supplier;

/**
 * A part that is known before it is opened, and small.
 *
 * @param content all its bytes; asked for once an opening
 */
public record ScriptPart(String name, Supplier<byte[]> content) implements DumpSession.Part {
  @Override
  public boolean compressed() {
    return false;
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(content.get());
  }
}
