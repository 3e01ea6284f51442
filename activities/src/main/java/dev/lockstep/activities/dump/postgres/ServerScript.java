package dev.lockstep.activities.dump.postgres;

import dev.lockstep.activities.dump.place.Program;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;

/**
 * What pg_dumpall wrote: first roles, then one database after the other, each begun by {@code
 * \connect}. The roles have to be taken apart: it would make even the one that loads it.
 *
 * @param roles SQL
 * @param databases for psql
 */
record ServerScript(String roles, Program.Input databases) {
  private static final int MOST_BYTES = 64 << 20;
  private static final String CONNECT = "\\connect ";

  static ServerScript read(long bytes, InputStream content) throws IOException {
    InputStream lines = new BufferedInputStream(content);
    StringBuilder roles = new StringBuilder();
    long taken = 0;
    while (true) {
      byte[] line = line(lines);
      taken += line.length;
      String text = new String(line, StandardCharsets.UTF_8);
      if (line.length == 0 || taken > MOST_BYTES) {
        throw Faults.failure(
            FaultCode.LOAD_FAILED, "the dump is none of pg_dumpall: no \\connect in it", "");
      }
      if (text.startsWith(CONNECT)) {
        InputStream rest = new SequenceInputStream(new ByteArrayInputStream(line), lines);
        return new ServerScript(
            roles.toString(), new Program.Input(bytes - taken + line.length, rest));
      }
      roles.append(text);
    }
  }

  private static byte[] line(InputStream lines) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = lines.read(); next >= 0; next = lines.read()) {
      line.write(next);
      if (next == '\n') {
        break;
      }
    }
    return line.toByteArray();
  }
}
