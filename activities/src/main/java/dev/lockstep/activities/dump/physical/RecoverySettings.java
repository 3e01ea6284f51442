package dev.lockstep.activities.dump.physical;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The whole configuration of a server in a folder: for its recovery, and for the questions after
 * it.
 *
 * @param stop where recovery stops; absent: at the end of the log
 */
record RecoverySettings(FolderPrograms programs, Optional<Instant> stop) {
  /** The file that names what was fetched last. */
  static final String FETCHED = "fetched";

  /** What the server must at least have, as the files say of their original. */
  private static final Pattern PREPARED =
      Pattern.compile("(?m)^max_prepared_xacts setting:\\s*(\\d+)$");

  /**
   * No session is let in before recovery has ended, so that nothing else of the original's size has
   * to be had here.
   */
  private static final String TEXT =
      """
      data_directory = '%1$s'
      hba_file = '%2$s/pg_hba.conf'
      ident_file = '%2$s/pg_ident.conf'
      listen_addresses = ''
      unix_socket_directories = '%2$s'
      unix_socket_permissions = 0700
      max_prepared_transactions = %3$s
      hot_standby = off
      archive_mode = off
      log_timezone = 'UTC'
      restore_command = 'cp "%4$s/%%f" "%%p" && echo %%f > "%2$s/fetched"'
      recovery_target_timeline = 'current'
      recovery_target_action = 'promote'
      """;

  /** The socket is in a folder that its owner alone may enter. */
  private static final String RULES = "local all all trust\n";

  void write() throws IOException {
    ServerFolder folder = programs.folder();
    String text =
        TEXT.formatted(folder.path(), folder.ours(), prepared(), folder.log())
            + stop.map(RecoverySettings::target).orElse("");
    Files.writeString(programs.folder().ours().resolve("postgresql.conf"), text);
    Files.writeString(programs.folder().ours().resolve("pg_hba.conf"), RULES);
    Files.writeString(programs.folder().ours().resolve("pg_ident.conf"), "");
  }

  private String prepared() {
    String control =
        programs.run(
            "pg_controldata", List.of("--pgdata=" + programs.folder().path()), new TreeMap<>());
    Matcher found = PREPARED.matcher(control);
    return found.find() ? found.group(1) : "0";
  }

  /** Its clock counts microseconds; it knows no name of a zone when it reads this. */
  private static String target(Instant moment) {
    String time = moment.truncatedTo(ChronoUnit.MICROS).toString().replace("Z", "+00");
    return "recovery_target_time = '" + time + "'\n";
  }
}
