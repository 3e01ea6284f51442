package dev.lockstep.worker.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A process that holds the lock of a file until it is killed or its input ends. */
final class FileHolder {
  private FileHolder() {}

  public static void main(String[] arguments) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      System.out.println(channel.lock().isValid() ? "held" : "not held");
      if (System.in.read() >= 0) {
        throw new IOException("nothing is expected on standard input");
      }
    }
  }
}
