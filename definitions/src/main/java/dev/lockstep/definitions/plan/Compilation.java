package dev.lockstep.definitions.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What recipes gather: the present batch, and what comes at the end of the run. */
final class Compilation {
  final Ground ground;

  /** By table, in the order of the changes. */
  final Map<TableName, TableDraft> drafts = new LinkedHashMap<>();

  /** New tables of the present batch. */
  final List<Named> creations = new ArrayList<>();

  /** The user's own statements of the present batch. */
  final List<Named> statements = new ArrayList<>();

  /** The user's own statements at contract. */
  final List<Named> contractStatements = new ArrayList<>();

  /** Tables that go. */
  final Set<TableName> dropped = new LinkedHashSet<>();

  /** Indexes that go. */
  final List<Named> removals = new ArrayList<>();

  private Map<TableName, TableBatch> batches = new LinkedHashMap<>();

  Compilation(Ground ground) {
    this.ground = ground;
  }

  /** Work and what its step is called. */
  record Named(String what, Work work) {}

  TableDraft draft(TableName name) {
    return drafts.computeIfAbsent(
        name, n -> new TableDraft(TableShape.of(ground, n).orElseThrow(), ground.fate(n)));
  }

  TableBatch batch(TableName name) {
    draft(name);
    return batches.computeIfAbsent(name, n -> new TableBatch());
  }

  /** The present batch, and begins the next one. */
  Map<TableName, TableBatch> endBatch() {
    Map<TableName, TableBatch> ended = batches;
    batches = new LinkedHashMap<>();
    return ended;
  }

  String trigger(TableName table) {
    return Naming.trigger(ground.migration().name(), table);
  }
}
