package dev.lockstep.activities.dump;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A dump under way. Closing it ends whatever still runs for it. */
public interface DumpSession extends AutoCloseable {
  /** Of the moment that the dump shows. */
  DumpFacts facts();

  /** In the order in which they are to be loaded. Each is opened once. */
  List<Part> parts();

  /** The same with what is known only after the last part, such as the end position. */
  DumpFacts end();

  @Override
  void close();

  /** One stream of a dump, which becomes one object. */
  interface Part {
    /** A file name such as {@code shop.dump} or {@code globals.sql}; unique in the dump. */
    String name();

    /** Whether the bytes are compressed by the program already. */
    boolean compressed();

    /**
     * Starts it. The stream ends only where this part is complete: both the exit status and the end
     * mark were seen. Otherwise {@code read} throws {@link IOException} whose cause is the failure
     * {@code DUMP_FAILED}, with the program's last words, or that of a server which went away.
     */
    InputStream open() throws IOException;
  }
}
