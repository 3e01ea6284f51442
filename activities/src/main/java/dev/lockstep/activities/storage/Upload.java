package dev.lockstep.activities.storage;

import dev.lockstep.activities.stream.BlockOutput;
import java.io.IOException;

/**
 * An object that is being written, by one thread. Memory stays bounded whatever its length. Writing
 * blocks while the store is slow.
 */
public abstract class Upload extends BlockOutput {
  /**
   * Makes the object appear. Only then it is there; a later {@link #close()} does nothing.
   *
   * @throws IOException where the store does not take it, with the failure as cause
   */
  public abstract void complete() throws IOException;

  /** Throws away what was written, unless it was completed. */
  @Override
  public abstract void close() throws IOException;
}
