package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.plan.Synchronisation.Derived;
import dev.lockstep.definitions.plan.Synchronisation.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Columns that follow each other: the connected parts of the graph of who uses whom. */
final class Groups {
  private Groups() {}

  /**
   * A group as the planner sees it.
   *
   * @param fresh in the order of the changes
   * @param stale in the order of the changes
   */
  record Members(List<FreshColumn> fresh, List<StaleColumn> stale) {
    Group now(Fate fate) {
      return new Group(
          fresh.stream().map(FreshColumn::derived).toList(),
          stale.stream().map(s -> s.now(fate)).toList());
    }

    boolean followed() {
      return fresh.stream().anyMatch(FreshColumn::followed);
    }

    /** After contract: hidden columns follow, and what follows another table still does. */
    Group hidden() {
      List<FreshColumn> followed = fresh.stream().filter(FreshColumn::followed).toList();
      return new Group(
          followed.stream().map(FreshColumn::derived).toList(),
          stale.stream().map(StaleColumn::hidden).toList());
    }

    private boolean touches(Members other, Fate fate) {
      return fresh.stream().anyMatch(f -> other.stale.stream().anyMatch(s -> linked(f, s, fate)))
          || other.fresh.stream().anyMatch(f -> stale.stream().anyMatch(s -> linked(f, s, fate)));
    }

    private Members with(Members other) {
      List<FreshColumn> allFresh = new ArrayList<>(fresh);
      allFresh.addAll(other.fresh);
      List<StaleColumn> allStale = new ArrayList<>(stale);
      allStale.addAll(other.stale);
      return new Members(allFresh, allStale);
    }
  }

  static List<Members> of(TableDraft draft) {
    List<Members> groups = new ArrayList<>();
    for (FreshColumn column : draft.fresh) {
      groups.add(new Members(List.of(column), List.of()));
    }
    for (StaleColumn column : draft.stale) {
      merge(groups, new Members(List.of(), List.of(column)), draft.fate);
    }
    return groups;
  }

  /** The synchronisation of before contract. */
  static Synchronisation now(TableDraft draft, Compilation compilation) {
    List<Group> groups = of(draft).stream().map(m -> m.now(draft.fate)).toList();
    Map<String, String> types = observed(draft);
    draft.fresh.forEach(f -> types.put(f.stored(), f.type()));
    return synchronisation(draft, compilation, groups, types);
  }

  /** New columns follow under the names that they are filled under; nobody writes them. */
  static Synchronisation filling(
      TableDraft draft, List<FreshColumn> fresh, Compilation compilation) {
    Map<String, String> types = observed(draft);
    fresh.forEach(f -> types.put(FillFirst.name(f), f.type()));
    List<Group> groups =
        fresh.stream()
            .map(f -> new Group(List.of(FillFirst.derived(f, draft.table)), List.of()))
            .toList();
    return synchronisation(draft, compilation, groups, types);
  }

  /** The synchronisation of after contract: nothing follows what is hidden. */
  static Synchronisation hidden(TableDraft draft, Compilation compilation) {
    List<Group> groups =
        of(draft).stream()
            .filter(m -> m.followed() || !m.stale().isEmpty())
            .map(Members::hidden)
            .toList();
    Map<String, String> types = observed(draft);
    draft.fresh.forEach(f -> types.put(f.name(), f.type()));
    draft.stale.forEach(s -> types.put(Naming.tombstone(s.name()), s.type()));
    return synchronisation(draft, compilation, groups, types);
  }

  private static Map<String, String> observed(TableDraft draft) {
    Map<String, String> types = new TreeMap<>();
    draft.table.columns().forEach(c -> types.put(c.name(), c.type()));
    return types;
  }

  private static Synchronisation synchronisation(
      TableDraft draft, Compilation compilation, List<Group> groups, Map<String, String> types) {
    Set<String> incomparable =
        groups.stream()
            .flatMap(g -> Stream.concat(g.fresh().stream(), g.stale().stream()))
            .flatMap(
                d -> Stream.concat(Stream.of(d.column()), d.inputs().stream().map(i -> i.column())))
            .filter(c -> !exact(types.getOrDefault(c, ""), draft, compilation))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> movers =
        new TreeSet<>(draft.table.partitions().map(Partitions::keyColumns).orElse(List.of()));
    return new Synchronisation(
        draft.name(), compilation.trigger(draft.name()), groups, incomparable, movers);
  }

  private static boolean exact(String type, TableDraft draft, Compilation compilation) {
    return compilation.ground.dialect().comparable(type) && !Mismatch.collated(draft, type);
  }

  /** Puts the groups that the newcomer touches into one, at the place of the first. */
  private static void merge(List<Members> groups, Members newcomer, Fate fate) {
    List<Members> touched = groups.stream().filter(g -> g.touches(newcomer, fate)).toList();
    if (touched.isEmpty()) {
      groups.add(newcomer);
      return;
    }
    Members whole = touched.stream().reduce(Members::with).orElseThrow().with(newcomer);
    groups.set(groups.indexOf(touched.get(0)), whole);
    groups.removeIf(g -> touched.contains(g) && !g.equals(whole));
  }

  private static boolean linked(FreshColumn fresh, StaleColumn stale, Fate fate) {
    return uses(fresh.derived(), stale.name()) || uses(stale.now(fate), fresh.stored());
  }

  private static boolean uses(Derived derived, String column) {
    return derived.inputs().stream().anyMatch(i -> i.column().equals(column));
  }
}
