package dev.lockstep.activities.restore;

import dev.lockstep.activities.dump.DumpEngine;
import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.dump.LoadSession;
import dev.lockstep.activities.dump.Marks;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A product whose dump of a table is one part: the name of the part is the table's, each line of it
 * a row.
 */
final class MemoryDatabase implements DumpEngine, Marks {
  final SortedMap<String, Long> tables = new TreeMap<>();
  final SortedMap<String, String> sentinels = new TreeMap<>();
  final SortedMap<String, String> answers = new TreeMap<>();
  final List<String> told = new ArrayList<>();
  Optional<String> claim = Optional.empty();
  String refused = "";
  Runnable whileLoading = () -> {};

  @Override
  public DumpFacts inspect(Database database, Backup backup) {
    throw new UnsupportedOperationException("nothing is dumped here");
  }

  @Override
  public DumpSession dump(Database database, Backup backup, Reporter reporter) {
    throw new UnsupportedOperationException("nothing is dumped here");
  }

  @Override
  public LoadSession load(Database target, Backup backup, DumpFacts facts, Reporter reporter) {
    return new LoadSession() {
      @Override
      public void load(String name, long bytes, InputStream content, List<String> chosen)
          throws IOException {
        told.add("load " + name + " " + bytes + " " + chosen);
        tables.put(name, 0L);
        whileLoading.run();
        if (name.equals(refused)) {
          throw Faults.failure(FaultCode.LOAD_FAILED, "the program says no to " + name, "");
        }
        String rows = new String(content.readAllBytes(), StandardCharsets.UTF_8);
        tables.put(name, rows.lines().count());
      }

      @Override
      public void finish() {
        told.add("finish");
      }

      @Override
      public void close() {
        told.add("close");
      }
    };
  }

  @Override
  public Marks marks(Database database) {
    return this;
  }

  @Override
  public void writeSentinel(String backup, String id, String value) {
    sentinels.put(backup + "/" + id, value);
  }

  @Override
  public Optional<String> findSentinel(String backup, String id) {
    return Optional.ofNullable(sentinels.get(backup + "/" + id));
  }

  @Override
  public void pruneSentinels(String backup, int keep) {
    throw new UnsupportedOperationException("nothing is pruned here");
  }

  @Override
  public List<String> contents() {
    return tables.keySet().stream().limit(10).toList();
  }

  @Override
  public void claim(String run) {
    told.add("claim " + run);
    claim = Optional.of(run);
  }

  @Override
  public Optional<String> claimedBy() {
    return claim;
  }

  @Override
  public void clear() {
    told.add("clear");
    tables.clear();
    sentinels.clear();
  }

  @Override
  public void release() {
    told.add("release");
    claim = Optional.empty();
  }

  @Override
  public SortedMap<String, Long> count(List<String> names) {
    SortedMap<String, Long> counts = new TreeMap<>(tables);
    counts.keySet().retainAll(names);
    return counts;
  }

  @Override
  public Optional<String> ask(String query) {
    return Optional.ofNullable(answers.get(query));
  }
}
