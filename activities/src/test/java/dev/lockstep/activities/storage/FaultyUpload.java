package dev.lockstep.activities.storage;

import dev.lockstep.activities.storage.ObjectStore.Existing;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;

/** An upload to a {@link FaultyStore}. */
final class FaultyUpload extends Upload {
  private final FaultyStore store;
  private final Upload target;
  private final Existing existing;

  FaultyUpload(FaultyStore store, Upload target, Existing existing) {
    this.store = store;
    this.target = target;
    this.existing = existing;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (store.takes(length)) {
      target.write(bytes, offset, length);
    }
  }

  @Override
  public void complete() throws IOException {
    try {
      store.call();
      target.complete();
      store.answer(existing);
    } catch (ApplicationFailure e) {
      throw new IOException(e.getOriginalMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    target.close();
  }
}
