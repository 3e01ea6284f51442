package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.model.Lookup;
import dev.lockstep.definitions.plan.Observation.Judgement;
import dev.lockstep.definitions.plan.Observation.Table;
import dev.lockstep.definitions.plan.Observation.TableColumn;
import dev.lockstep.definitions.plan.Observation.TableConstraint;
import dev.lockstep.definitions.plan.Observation.TableConstraint.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What stands against a column that equals a row of another table at every moment. */
record FollowChecks(Checks checks, String path, Lookup lookup) {
  /** Access methods that know no order and no equality of whole values, or read much for one. */
  private static final Pattern LOSSY = Pattern.compile(" USING (brin|gin|gist|spgist) ");

  private static final String OR_NOT = ", or give follow: false";

  void check(Table table, Table from, Column column) {
    if (referring(table, from).isEmpty()) {
      add(
          "no validated foreign key, checked at once, leads from "
              + table.name()
              + " ("
              + String.join(", ", lookup.match().keySet())
              + ") to "
              + from.name()
              + ": without it a row can be looked up before it is there; add one by an earlier"
              + " migration");
    }
    if (table.indexes().stream().noneMatch(this::finds)) {
      add(
          "no index of "
              + table.name()
              + " begins with "
              + String.join(", ", lookup.match().keySet())
              + ": a change in "
              + from.name()
              + " would read the whole table for the rows that follow; create one by an earlier"
              + " migration");
    }
    value(from, column);
  }

  private void value(Table from, Column column) {
    Optional<Judgement> judged = checks.ground().judged(path + ".value");
    if (judged.filter(j -> !j.immutable()).isPresent()) {
      add(
          "the value is not always the same for the same row, so it cannot be followed; use one"
              + " that is IMMUTABLE");
    }
    if (!exact(column.type(), Optional.empty())) {
      add("values of type " + column.type() + " cannot be compared exactly");
    }
    judged.stream()
        .flatMap(j -> j.columns().stream())
        .flatMap(c -> from.column(c).stream())
        .filter(c -> !exact(c.type(), c.collation()))
        .map(TableColumn::name)
        .forEach(c -> add("column " + c + " of " + from.name() + " cannot be compared exactly"));
  }

  /** Whether every change of a value is seen as one. */
  private boolean exact(String type, Optional<String> collation) {
    return checks.ground().dialect().comparable(type) && collation.isEmpty();
  }

  private boolean finds(Observation.Index index) {
    Set<String> own = lookup.match().keySet();
    return index.valid()
        && index.plain()
        && !LOSSY.matcher(index.definition()).find()
        && index.columns().size() >= own.size()
        && new TreeSet<>(index.columns().subList(0, own.size())).equals(new TreeSet<>(own));
  }

  /** The foreign key over exactly the matched columns. */
  private Optional<TableConstraint> referring(Table table, Table from) {
    return table.constraints().stream()
        .filter(c -> c.kind() == Kind.FOREIGN_KEY && c.referrer().isEmpty())
        .filter(c -> c.referenced().equals(Optional.of(from.name())))
        .filter(c -> c.validated() && !c.definition().contains("DEFERRABLE"))
        .filter(c -> pairs(c, table, from).equals(lookup.match()))
        .findFirst();
  }

  /** The other table knows the same foreign key from its side, with its own columns. */
  private static SortedMap<String, String> pairs(TableConstraint key, Table table, Table from) {
    List<String> others =
        from.constraints().stream()
            .filter(c -> c.name().equals(key.name()))
            .filter(c -> c.referrer().equals(Optional.of(table.name())))
            .map(TableConstraint::columns)
            .findFirst()
            .orElse(List.of());
    SortedMap<String, String> pairs = new TreeMap<>();
    for (int i = 0; i < Math.min(others.size(), key.columns().size()); i++) {
      pairs.put(key.columns().get(i), others.get(i));
    }
    return pairs;
  }

  private void add(String message) {
    checks.findings().add(path + ".follow", Code.CHANGE_UNSUPPORTED, message + OR_NOT);
  }
}
