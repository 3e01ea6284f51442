package dev.lockstep.activities.dump.postgres;

import dev.lockstep.activities.dump.DumpEngine;
import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.dump.LoadSession;
import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Retention;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small dump, kept in memory as a store would keep it. */
record TestDump(Backup backup, DumpFacts facts, Map<String, byte[]> parts) {
  static Backup backup(Dump.Format format, Dump.Scope scope, String... tables) {
    return new Backup(
        "nightly",
        "source",
        "safe",
        Backup.Method.DUMP,
        new Dump(Dump.Through.CLIENT, format, scope, Optional.empty(), Optional.empty()),
        List.of(tables),
        Retention.ALL,
        Optional.empty(),
        Optional.empty());
  }

  static TestDump take(DumpEngine engine, Database database, Backup backup) {
    engine.inspect(database, backup);
    try (DumpSession session = engine.dump(database, backup, new RecordingReporter())) {
      Map<String, byte[]> parts = new LinkedHashMap<>();
      for (DumpSession.Part part : session.parts()) {
        try (InputStream content = part.open()) {
          parts.put(part.name(), content.readAllBytes());
        }
      }
      return new TestDump(backup, session.end(), parts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void load(DumpEngine engine, Database target, String... tables) {
    try (LoadSession session = engine.load(target, backup, facts, new RecordingReporter())) {
      for (Map.Entry<String, byte[]> part : parts.entrySet()) {
        byte[] bytes = part.getValue();
        session.load(part.getKey(), bytes.length, new ByteArrayInputStream(bytes), List.of(tables));
      }
      session.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
