package dev.lockstep.deploy.e2e;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file system of its own in memory, small enough to be filled. */
public final class SmallDisk implements AutoCloseable {
  private static final int MEBIBYTE = 1024 * 1024;

  /** What database clients leave behind them keeps the mount busy for a moment. */
  private static final List<String> UNMOUNT = List.of("umount", "--lazy");

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts it; where that is not allowed, the test is skipped and says why. */
  public static SmallDisk mount(Path folder, int mebibytes)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    String refusal =
        refusal(List.of("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs"), folder);
    if (!refusal.isEmpty()) {
      return abort("a small disk needs root and the right to mount: " + refusal);
    }
    return new SmallDisk(folder);
  }

  /** An empty folder on it. */
  Path folder(String name) throws IOException {
    return Files.createDirectory(folder.resolve(name));
  }

  /** Takes all of its room, to the last page, until {@link #makeRoom}. */
  public void fill() throws IOException {
    try (var ballast = Files.newOutputStream(ballast())) {
      byte[] page = new byte[4096];
      for (long left = Files.getFileStore(folder).getUsableSpace(); left > 0; left -= page.length) {
        ballast.write(page);
      }
    }
  }

  /** Takes all of its room but so much, until {@link #makeRoom}. */
  void fillUpTo(int mebibytes) throws IOException {
    long left = Files.getFileStore(folder).getUsableSpace() - (long) mebibytes * MEBIBYTE;
    byte[] block = new byte[MEBIBYTE];
    try (var ballast = Files.newOutputStream(ballast())) {
      for (long written = 0; written + MEBIBYTE <= left; written += MEBIBYTE) {
        ballast.write(block);
      }
    }
  }

  /** Gives it back. */
  public void makeRoom() throws IOException {
    Files.delete(ballast());
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  @Override
  public void close() throws IOException, InterruptedException {
    refusal(UNMOUNT, folder);
  }

  /** Runs a command on the folder; what it said where it failed. */
  private static String refusal(List<String> command, Path folder)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(command);
    words.add(folder.toString());
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return process.waitFor() == 0 ? "" : said;
  }
}
