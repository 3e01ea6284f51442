package dev.lockstep.activities.storage;

import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From what files say to faults. Java has an exception for some of the errors of <a
 * href="https://man7.org/linux/man-pages/man3/errno.3.html">errno(3)</a>; the others are told apart
 * by the words of <a href="https://man7.org/linux/man-pages/man3/strerror.3.html">strerror(3)</a>.
 */
final class FileFaults {
  private static final Map<String, FaultCode> WORDS =
      Map.ofEntries(
          Map.entry("No space left on device", FaultCode.RESOURCE_EXHAUSTED),
          Map.entry("Disk quota exceeded", FaultCode.RESOURCE_EXHAUSTED),
          Map.entry("Too many open files", FaultCode.RESOURCE_EXHAUSTED),
          Map.entry("Cannot allocate memory", FaultCode.RESOURCE_EXHAUSTED),
          Map.entry("Operation not permitted", FaultCode.PRIVILEGE_MISSING),
          Map.entry("Read-only file system", FaultCode.PRIVILEGE_MISSING),
          Map.entry("Input/output error", FaultCode.SERVER_UNREACHABLE),
          Map.entry("Stale file handle", FaultCode.SERVER_UNREACHABLE),
          Map.entry("Connection timed out", FaultCode.SERVER_UNREACHABLE),
          Map.entry("Host is down", FaultCode.SERVER_UNREACHABLE));

  private FileFaults() {}

  /** What is done with files. */
  @FunctionalInterface
  interface Action<T> {
    T run() throws IOException;
  }

  /**
   * Does it and translates what goes wrong.
   *
   * @param doing what it is for, with key and store
   */
  static <T> T translating(String doing, Action<T> action) {
    try {
      return action.run();
    } catch (IOException failed) {
      throw StorageFaults.failure(code(failed), doing, words(failed));
    } catch (InvalidPathException failed) {
      throw StorageFaults.failure(
          FaultCode.STORE_REFUSED, doing, "no path of a file: " + failed.getReason());
    } catch (UnsupportedOperationException failed) {
      throw StorageFaults.failure(
          FaultCode.STORE_REFUSED, doing, "the file system has no hard links");
    }
  }

  static ApplicationFailure reserved(String doing, String folder) {
    return StorageFaults.failure(
        FaultCode.STORE_REFUSED, doing, folder + " holds what is not complete");
  }

  static FaultCode code(IOException failed) {
    if (failed instanceof NoSuchFileException) {
      return FaultCode.OBJECT_MISSING;
    }
    if (failed instanceof FileAlreadyExistsException) {
      return FaultCode.OBJECT_EXISTS;
    }
    if (failed instanceof AccessDeniedException) {
      return FaultCode.PRIVILEGE_MISSING;
    }
    String words = words(failed);
    return WORDS.entrySet().stream()
        .filter(entry -> words.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(FaultCode.STORE_REFUSED);
  }

  private static String words(IOException failed) {
    if (failed instanceof NoSuchFileException) {
      return "it is not there";
    }
    if (failed instanceof FileAlreadyExistsException) {
      return "a file of that name is there";
    }
    if (failed instanceof AccessDeniedException) {
      return "permission denied";
    }
    @Nullable String reason = failed instanceof FileSystemException it ? it.getReason() : null;
    return reason != null ? reason : StorageFaults.reason(failed);
  }
}
