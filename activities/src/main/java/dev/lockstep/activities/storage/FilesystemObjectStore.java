package dev.lockstep.activities.storage;

import dev.lockstep.definitions.model.StorePlace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A folder. The key of an object is the path of its file. What is being written stands under {@code
 * .incomplete/KEY/MILLISECONDS-UUID} of the same folder, and gets its name when it is whole and on
 * the disk: by rename, or by link(2) where no object may be replaced.
 */
final class FilesystemObjectStore implements ObjectStore {
  static final String INCOMPLETE = ".incomplete";

  private final Path root;

  FilesystemObjectStore(StorePlace.Filesystem place) {
    this.root = Path.of(place.path());
  }

  @Override
  public Upload begin(String key, Existing existing) {
    path(key);
    return FileFaults.translating(
        doing("writing", key), () -> new FileUpload(root, key, existing, doing("writing", key)));
  }

  @Override
  public void put(String key, byte[] bytes, Existing existing) {
    Uploads.put(begin(key, existing), bytes);
  }

  @Override
  public InputStream open(String key) {
    Path path = path(key);
    return FileFaults.translating(
        doing("reading", key),
        () -> {
          if (!Files.isRegularFile(path)) {
            throw new NoSuchFileException(path.toString());
          }
          return new CheckedObject(
              Files.newInputStream(path),
              doing("reading", key),
              Files.size(path),
              Optional.empty());
        });
  }

  @Override
  public Optional<StoredObject> find(String key) {
    Path path = path(key);
    return FileFaults.translating(
        doing("looking for", key),
        () -> {
          try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
            return file.isRegularFile() ? Optional.of(object(key, file)) : Optional.empty();
          } catch (NoSuchFileException e) {
            return Optional.empty();
          }
        });
  }

  @Override
  public List<StoredObject> list(String prefix) {
    List<StoredObject> found = new ArrayList<>();
    return FileFaults.translating(
        doing("listing", prefix),
        () -> {
          if (Files.notExists(root)) {
            return found;
          }
          Files.walkFileTree(
              root,
              new Walk() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes it) {
                  String key = folder.equals(root) ? "" : key(folder) + "/";
                  boolean leads = key.startsWith(prefix) || prefix.startsWith(key);
                  return leads && !folder.equals(root.resolve(INCOMPLETE))
                      ? FileVisitResult.CONTINUE
                      : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes it) {
                  String key = key(file);
                  if (it.isRegularFile() && key.startsWith(prefix)) {
                    found.add(object(key, it));
                  }
                  return FileVisitResult.CONTINUE;
                }
              });
          found.sort(ObjectKeys.ORDER);
          return found;
        });
  }

  @Override
  public void delete(String key) {
    Path path = path(key);
    FileFaults.translating(
        doing("deleting", key),
        () -> {
          if (Files.isRegularFile(path) && Files.deleteIfExists(path)) {
            Folders.sync(path.getParent());
            Folders.removeEmpty(path.getParent(), root);
          }
          return path;
        });
  }

  @Override
  public int sweep(String prefix, Duration olderThan) {
    Path incomplete = root.resolve(INCOMPLETE);
    Instant before = Instant.now().minus(olderThan);
    List<Path> left = new ArrayList<>();
    return FileFaults.translating(
        doing("sweeping", prefix),
        () -> {
          if (Files.notExists(incomplete)) {
            return 0;
          }
          Files.walkFileTree(
              incomplete,
              new Walk() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes it) {
                  String key = incomplete.relativize(file.getParent()).toString();
                  if (key.startsWith(prefix) && FileUpload.began(file).isBefore(before)) {
                    left.add(file);
                  }
                  return FileVisitResult.CONTINUE;
                }
              });
          for (Path file : left) {
            Files.deleteIfExists(file);
            Folders.removeEmpty(file.getParent(), root);
          }
          return left.size();
        });
  }

  @Override
  public String describe() {
    return "folder " + root;
  }

  @Override
  public void close() {}

  private Path path(String key) {
    String checked = ObjectKeys.checked(key);
    if (checked.equals(INCOMPLETE) || checked.startsWith(INCOMPLETE + "/")) {
      throw FileFaults.reserved(doing("using", key), INCOMPLETE);
    }
    return root.resolve(checked);
  }

  private String key(Path path) {
    return root.relativize(path).toString();
  }

  private static StoredObject object(String key, BasicFileAttributes file) {
    return new StoredObject(key, file.size(), file.lastModifiedTime().toInstant());
  }

  private String doing(String verb, String key) {
    return "%s %s in %s".formatted(verb, key, describe());
  }

  /** Goes on where a file vanishes meanwhile. */
  private abstract static class Walk extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
      if (failed instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failed;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed)
        throws IOException {
      if (failed != null && !(failed instanceof NoSuchFileException)) {
        throw failed;
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
