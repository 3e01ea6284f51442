package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Changes that cannot both be made. */
final class ClashChecks {
  private final Findings findings;
  private final Map<String, String> firstPaths = new TreeMap<>();

  ClashChecks(Findings findings) {
    this.findings = findings;
  }

  void check(List<PlacedChange> changes) {
    for (PlacedChange placed : changes) {
      String table = placed.change().accept(new TableOf()).map(TableName::toString).orElse("");
      placed.change().accept(new Taken()).ifPresent(t -> once(placed, "taken " + table + t));
      placed.change().accept(new Made()).ifPresent(m -> once(placed, "made " + table + m));
    }
  }

  private void once(PlacedChange placed, String what) {
    String first = firstPaths.putIfAbsent(what, placed.path());
    if (first != null) {
      findings.add(
          placed.path(), Code.CHANGES_CLASH, first + " is about the same thing; keep one of them");
    }
  }

  /** The old thing that a change replaces or drops. */
  private static final class Taken extends OneKind<Optional<String>> {
    @Override
    Optional<String> otherwise() {
      return Optional.empty();
    }

    @Override
    public Optional<String> dropColumn(Change.DropColumn change) {
      return Optional.of("." + change.column());
    }

    @Override
    public Optional<String> renameColumn(Change.RenameColumn change) {
      return Optional.of("." + change.from());
    }

    @Override
    public Optional<String> alterColumn(Change.AlterColumn change) {
      return Optional.of("." + change.column());
    }

    @Override
    public Optional<String> dropTable(Change.DropTable change) {
      return Optional.of("");
    }

    @Override
    public Optional<String> dropIndex(Change.DropIndex change) {
      return Optional.of(" index " + change.name());
    }
  }

  /** The new thing that a change makes. */
  private static final class Made extends OneKind<Optional<String>> {
    @Override
    Optional<String> otherwise() {
      return Optional.empty();
    }

    @Override
    public Optional<String> addColumn(Change.AddColumn change) {
      return Optional.of("." + change.column().name());
    }

    @Override
    public Optional<String> renameColumn(Change.RenameColumn change) {
      return Optional.of("." + change.to());
    }

    @Override
    public Optional<String> createIndex(Change.CreateIndex change) {
      return Optional.of(" index " + change.name());
    }

    @Override
    public Optional<String> createTable(Change.CreateTable change) {
      return Optional.of("");
    }

    @Override
    public Optional<String> addConstraint(Change.AddConstraint change) {
      return Optional.of(" constraint " + change.name());
    }
  }
}
