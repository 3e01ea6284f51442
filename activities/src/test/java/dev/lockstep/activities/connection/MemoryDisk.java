package dev.lockstep.activities.connection;

import java.io.File;

/**
 * Memory in which embedded servers keep their data: CREATE DATABASE makes 300 files, which took 270
 * ms of processor time on a disk and 30 ms there.
 */
public final class MemoryDisk {
  /** Of several JVMs with some hundred databases of 8 MB each; a container has 64 MB by default. */
  private static final long NEEDED_BYTES = 10L << 30;

  private static final String WHERE = "ot.epg.working-dir";

  private MemoryDisk() {}

  /** Has servers that the library starts from now on use it, where there is enough of it. */
  public static void use() {
    File memory = new File("/dev/shm");
    if (System.getProperty(WHERE) == null && memory.getUsableSpace() >= NEEDED_BYTES) {
      System.setProperty(WHERE, new File(memory, "lockstep-tests").getPath());
    }
  }
}
