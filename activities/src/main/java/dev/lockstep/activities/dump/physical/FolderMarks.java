package dev.lockstep.activities.dump.physical;

import dev.lockstep.activities.dump.Marks;
import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.definitions.plan.TableName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Marks of a server in a folder: the run that makes it stands in a file, the rest in its tables.
 */
record FolderMarks(FolderServer server) implements Marks {
  @Override
  public void writeSentinel(String backup, String id, String value) {
    throw new IllegalStateException("nothing is backed up from " + server.folder().path());
  }

  @Override
  public void pruneSentinels(String backup, int keep) {
    throw new IllegalStateException("nothing is backed up from " + server.folder().path());
  }

  @Override
  public Optional<String> findSentinel(String backup, String id) {
    return server.running(
        () ->
            there("lockstep.sentinel")
                ? server.ask(
                    "SELECT value FROM lockstep.sentinel WHERE backup = %s AND id = %s"
                        .formatted(Quoted.text(backup), Quoted.text(id)))
                : Optional.empty());
  }

  private boolean there(String table) {
    return server.ask("SELECT to_regclass(" + Quoted.text(table) + ")").isPresent();
  }

  @Override
  public List<String> contents() {
    return server.folder().contents();
  }

  @Override
  public void claim(String run) {
    server.folder().claim(run);
  }

  @Override
  public Optional<String> claimedBy() {
    return server.folder().claimedBy();
  }

  /** A server that a killed worker left is ended first. */
  @Override
  public void clear() {
    server.stopLeft();
    server.folder().clear();
  }

  @Override
  public void release() {
    server.folder().release();
  }

  @Override
  public SortedMap<String, Long> count(List<String> tables) {
    SortedMap<String, Long> counted = new TreeMap<>();
    if (tables.isEmpty()) {
      return counted;
    }
    return server.running(
        () -> {
          for (String table : tables) {
            String name = Quoted.name(TableName.parse(table));
            if (there(name)) {
              server
                  .ask("SELECT count(*) FROM ONLY " + name)
                  .ifPresent(rows -> counted.put(table, Long.parseLong(rows)));
            }
          }
          return counted;
        });
  }

  @Override
  public Optional<String> ask(String query) {
    return server.running(() -> server.ask(query));
  }
}
