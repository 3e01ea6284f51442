package dev.lockstep.activities.stream;

import java.io.IOException;
import java.io.InputStream;

/** An input over another one, which is closed with it. */
public abstract class BlockFilter extends BlockInput {
  /** What it reads from. */
  protected final InputStream source;

  /** Over a source. */
  protected BlockFilter(InputStream source) {
    this.source = source;
  }

  @Override
  public int available() throws IOException {
    return source.available();
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
