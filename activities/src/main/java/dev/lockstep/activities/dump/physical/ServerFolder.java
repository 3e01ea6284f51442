package dev.lockstep.activities.dump.physical;

import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder that becomes a server. What Lockstep needs beside the server's own files lies in one
 * folder in it, which is the last to go: it has the mark of the run.
 */
record ServerFolder(Path path) {
  private static final String OURS = "lockstep_restore";

  /** What ALTER SYSTEM wrote. */
  private static final String SETTINGS = "postgresql.auto.conf";

  private static final String MARK = "run";

  /** Whether the folder itself was made by the run. */
  private static final String MADE = "made";

  Path ours() {
    return path.resolve(OURS);
  }

  /** Files of the log as the server fetches them. */
  Path log() {
    return ours().resolve("log");
  }

  private Path mark() {
    return ours().resolve(MARK);
  }

  /** Names of what is there but ours; at most ten. */
  List<String> contents() {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return List.of(path + ", which is no folder");
    }
    try (Stream<Path> all = Files.list(path)) {
      return all.map(Path::getFileName)
          .map(String::valueOf)
          .filter(name -> !name.equals(OURS))
          .sorted()
          .limit(10)
          .toList();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  Optional<String> claimedBy() {
    try {
      return Files.exists(mark())
          ? Optional.of(Files.readString(mark(), StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Writes the mark; makes the folder where it is not there. */
  void claim(String run) {
    try {
      ServerUser user = ServerUser.ofNew(path);
      boolean made = !Files.exists(path);
      if (made) {
        Files.createDirectory(path);
      }
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      Files.createDirectories(log());
      if (made) {
        Files.createFile(ours().resolve(MADE));
      }
      Files.writeString(mark(), run, StandardCharsets.UTF_8);
      user.own(path);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Removes everything but the mark. */
  void clear() {
    try {
      removeAll(path, Set.of(OURS));
      removeAll(ours(), Set.of(MARK, MADE));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static void removeAll(Path folder, Set<String> but) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.list(folder)) {
        for (Path file : all.toList()) {
          if (!but.contains(String.valueOf(file.getFileName()))) {
            remove(file);
          }
        }
      }
    }
  }

  /**
   * Makes a server of what was unpacked: one that recovers, without the settings that were made for
   * its original, and with the files that some installations keep elsewhere.
   */
  void prepare() throws IOException {
    move(path.resolve(SETTINGS), ours().resolve(SETTINGS));
    Files.writeString(path.resolve("recovery.signal"), "");
    for (String file : List.of("postgresql.conf", "pg_hba.conf", "pg_ident.conf")) {
      if (!Files.exists(path.resolve(file))) {
        Files.writeString(
            path.resolve(file), file.equals("pg_hba.conf") ? "local all all peer\n" : "");
      }
    }
  }

  private static void move(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Removes what is ours; also the folder, where the run made it and nothing else is in it. */
  void release() {
    try {
      move(ours().resolve(SETTINGS), path.resolve(SETTINGS));
      boolean made = Files.exists(ours().resolve(MADE)) && contents().isEmpty();
      remove(ours());
      if (made) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Removes the files of the log, which a server that has recovered does not need. */
  void forgetLog() {
    try {
      remove(log());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** What stands behind trouble with files of it. */
  ApplicationFailure failed(IOException e) {
    return Faults.failure(FaultCode.LOAD_FAILED, "the folder " + path + ": " + e, "");
  }

  /** Links are removed and not followed. */
  private static void remove(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(file)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(one);
      }
    }
  }
}
