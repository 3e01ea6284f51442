package dev.lockstep.activities.dump.physical;

import dev.lockstep.activities.dump.place.Program;
import dev.lockstep.activities.dump.place.WorkerPlace;
import dev.lockstep.activities.dump.postgres.Broken;
import dev.lockstep.activities.dump.postgres.Programs;
import dev.lockstep.activities.dump.postgres.Site;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The worker's programs for the server in a folder, run as the user that the folder belongs to. */
final class FolderPrograms {
  private static final List<String> NAMES = List.of("postgres", "pg_ctl", "pg_controldata", "psql");

  private final ServerFolder folder;
  private final Optional<String> only;
  private @Nullable Programs found;

  /**
   * Looks for nothing yet.
   *
   * @param only folder of the worker's programs; absent: the usual ones
   */
  FolderPrograms(ServerFolder folder, Optional<String> only) {
    this.folder = folder;
    this.only = only;
  }

  ServerFolder folder() {
    return folder;
  }

  /** Programs of the version that wrote the files: no other starts on them. Looked for once. */
  private Programs found() {
    if (found == null) {
      found = find();
    }
    return found;
  }

  private Programs find() {
    int major = major();
    Programs.Needed needed =
        new Programs.Needed(major, major, "the files are those of a server of version " + major);
    return new Site(new WorkerPlace(), new TreeMap<>(), only).programs(NAMES, needed);
  }

  private int major() {
    try {
      String version = Files.readString(folder.path().resolve("PG_VERSION")).strip();
      return Integer.parseInt(version);
    } catch (IOException | NumberFormatException e) {
      throw Faults.failure(
          FaultCode.LOAD_FAILED,
          folder.path() + " holds no server: PG_VERSION is not readable",
          "");
    }
  }

  /** What a program of that folder prints. */
  String run(String name, List<String> options, SortedMap<String, String> environment) {
    return run(name, options, environment, FaultCode.LOAD_FAILED);
  }

  /**
   * The same.
   *
   * @param fault where it fails
   */
  String run(
      String name, List<String> options, SortedMap<String, String> environment, FaultCode fault) {
    Program plain = found().offline(name, folder.path().toString(), options);
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh"));
    command.add(folder.path().toString());
    environment.put("LC_ALL", "C");
    try {
      command.addAll(ServerUser.of(folder.path()).prefix());
      command.addAll(plain.command());
      Program program = new Program(plain.title(), command, environment, Optional.empty(), fault);
      return new WorkerPlace().ask(program);
    } catch (IOException e) {
      throw Broken.failure(e);
    }
  }
}
