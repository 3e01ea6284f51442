package dev.lockstep.activities.dump.physical;

import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * As whom a server in a folder runs. PostgreSQL refuses root: a worker that is root gives the
 * folder to whom it, or the folder that it lies in, belongs, and runs its programs as that user.
 *
 * @param root whether this process is
 */
record ServerUser(boolean root, int user, int group) {
  private static final String USER = "unix:uid";
  private static final String GROUP = "unix:gid";

  /** Of a folder that is there. */
  static ServerUser of(Path folder) throws IOException {
    Map<String, Object> owner = Files.readAttributes(folder, "unix:uid,gid");
    return new ServerUser(
        "root".equals(System.getProperty("user.name")),
        (int) owner.getOrDefault("uid", 0),
        (int) owner.getOrDefault("gid", 0));
  }

  /**
   * Of one that may not be there yet.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code LOAD_FAILED} where that is root, or the
   *     folder that it is to lie in is not there
   */
  static ServerUser ofNew(Path folder) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw Faults.failure(
          FaultCode.LOAD_FAILED,
          "there is no folder " + parent + ", which shall hold " + folder,
          "");
    }
    ServerUser user = of(Files.isDirectory(folder) ? folder : parent);
    if (user.root() && user.user() == 0) {
      user = of(parent);
    }
    if (user.root() && user.user() == 0) {
      throw Faults.failure(
          FaultCode.LOAD_FAILED,
          "PostgreSQL does not run as root: give %s, or the worker, to the user that it shall run as"
              .formatted(parent),
          "");
    }
    return user;
  }

  /** What a command begins with that runs as this user. */
  List<String> prefix() {
    return root
        ? List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups", "--")
        : List.of();
  }

  /** Gives it everything of a folder. */
  void own(Path folder) throws IOException {
    if (!root) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : (Iterable<Path>) all::iterator) {
        Files.setAttribute(one, USER, user, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(one, GROUP, group, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }
}
