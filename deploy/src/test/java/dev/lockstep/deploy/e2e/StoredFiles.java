package dev.lockstep.deploy.e2e;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of a store that somebody may be writing to: what goes meanwhile is left out. */
final class StoredFiles extends SimpleFileVisitor<Path> {
  private final Path store;
  private final List<Path> files = new ArrayList<>();

  private StoredFiles(Path store) {
    this.store = store;
  }

  /** Every file, in no order. */
  static List<Path> of(Path store) throws IOException {
    StoredFiles found = new StoredFiles(store);
    Files.walkFileTree(store, found);
    return found.files;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (attributes.isRegularFile()) {
      files.add(file);
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
    return unlessGone(file, why);
  }

  @Override
  public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException why)
      throws IOException {
    return why == null ? FileVisitResult.CONTINUE : unlessGone(folder, why);
  }

  private FileVisitResult unlessGone(Path file, IOException why) throws IOException {
    if (why instanceof NoSuchFileException && !file.equals(store)) {
      return FileVisitResult.CONTINUE;
    }
    throw why;
  }
}
