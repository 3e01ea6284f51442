package dev.lockstep.deploy.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processes of this machine. */
public final class Processes {
  private static final Path ALL = Path.of("/proc");

  private Processes() {}

  /**
   * Whether a process is still at work. One that has ended is listed until its parent asks for it.
   *
   * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
   */
  public static boolean work(long process) {
    try {
      String text = Files.readString(ALL.resolve(Long.toString(process)).resolve("stat"));
      return text.charAt(text.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      return false;
    }
  }
}
