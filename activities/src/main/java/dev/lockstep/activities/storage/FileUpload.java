package dev.lockstep.activities.storage;

import dev.lockstep.activities.storage.ObjectStore.Existing;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** A file that has another name until it is whole. */
final class FileUpload extends Upload {
  /** Folders that are empty are removed by others meanwhile: that often in a row is a defect. */
  private static final int ATTEMPTS = 100;

  private final Path incomplete;
  private final Path folder;
  private final Path file;
  private final Path target;
  private final Path home;
  private final Existing existing;
  private final String doing;
  private final FileChannel channel;
  private final EarlySync early;
  private boolean over;

  /**
   * @param root of the store
   * @param doing for people
   */
  FileUpload(Path root, String key, Existing existing, String doing) throws IOException {
    this.incomplete = root.resolve(FilesystemObjectStore.INCOMPLETE);
    this.folder = incomplete.resolve(key);
    this.file = folder.resolve(Instant.now().toEpochMilli() + "-" + UUID.randomUUID());
    this.target = root.resolve(key);
    this.home = Objects.requireNonNullElse(target.getParent(), root);
    this.existing = existing;
    this.doing = doing;
    this.channel =
        whileFoldersVanish(
            folder,
            () -> FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    this.early = new EarlySync(channel);
  }

  /** When an upload began, by the name of its file; what is no upload began in 1970. */
  static Instant began(Path file) {
    String name = String.valueOf(file.getFileName());
    int end = name.indexOf('-');
    try {
      return Instant.ofEpochMilli(Long.parseLong(name.substring(0, Math.max(0, end))));
    } catch (NumberFormatException e) {
      return Instant.EPOCH;
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    ensureOpen();
    ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
    attempt(
        () -> {
          while (left.hasRemaining()) {
            channel.write(left);
          }
          early.wrote(length);
          return left;
        });
  }

  @Override
  public void complete() throws IOException {
    ensureOpen();
    attempt(
        () -> {
          early.await();
          channel.force(true);
          channel.close();
          return whileFoldersVanish(home, this::appear);
        });
    close();
  }

  @Override
  public void close() throws IOException {
    if (!over) {
      over = true;
      channel.close();
      Files.deleteIfExists(file);
      Folders.removeEmpty(folder, incomplete);
    }
  }

  private Path appear() throws IOException {
    switch (existing) {
      case REPLACED ->
          Files.move(
              file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      case REFUSED -> Files.createLink(target, file);
    }
    Folders.sync(home);
    return target;
  }

  private void ensureOpen() throws IOException {
    if (over) {
      throw new IOException("this upload has ended");
    }
  }

  private void attempt(FileFaults.Action<?> action) throws IOException {
    try {
      FileFaults.translating(doing, action);
    } catch (ApplicationFailure refused) {
      try {
        close();
      } catch (IOException also) {
        refused.addSuppressed(also);
      }
      throw new IOException(refused.getOriginalMessage(), refused);
    }
  }

  private static <T> T whileFoldersVanish(Path folder, FileFaults.Action<T> action)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        Folders.make(folder);
        return action.run();
      } catch (NoSuchFileException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
