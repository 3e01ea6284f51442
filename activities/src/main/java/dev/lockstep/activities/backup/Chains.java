package dev.lockstep.activities.backup;

import dev.lockstep.activities.dump.Link;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which physical backup needs which. Log follows what ends where it begins, of the same server and
 * timeline: so what can be restored is told by the positions, and not by a note that could be
 * wrong.
 */
public final class Chains {
  private final List<Listed> newestFirst;
  private final Map<Place, Listed> ends = new HashMap<>();
  private final Map<String, Optional<Listed>> firsts = new HashMap<>();

  private Chains(List<Listed> all) {
    this.newestFirst = all.stream().sorted(Listed.NEWEST_FIRST).toList();
    this.newestFirst.forEach(one -> end(one).ifPresent(place -> ends.putIfAbsent(place, one)));
  }

  /** Of what a store holds of one backup's name; those that are not physical stand alone. */
  public static Chains of(List<Listed> all) {
    return new Chains(all);
  }

  /**
   * Where one link ends or begins.
   *
   * @param position in the log
   */
  private record Place(String system, int timeline, String position) {}

  /**
   * The moments that can be restored.
   *
   * @param from the first one
   * @param to the last one
   * @param base id of what the restore begins with
   * @param last id of the last log
   */
  public record Span(Instant from, Instant to, String base, String last) {
    /** Whether it has that moment. */
    public boolean has(Instant time) {
      return !time.isBefore(from) && !time.isAfter(to);
    }

    @Override
    public String toString() {
      return from + " to " + to;
    }
  }

  /** The one that it follows; empty: it needs none, or that one is not there. */
  public Optional<Listed> before(Listed one) {
    return link(one)
        .filter(link -> isLog(one))
        .flatMap(link -> place(link, one.manifest().facts().position()))
        .map(ends::get)
        .filter(found -> !found.equals(one));
  }

  /** All that a restore of one needs, in its order, itself last; empty: something is missing. */
  public Optional<List<Listed>> to(Listed last) {
    if (first(last).isEmpty()) {
      return Optional.empty();
    }
    Deque<Listed> links = new ArrayDeque<>();
    for (Optional<Listed> one = Optional.of(last); one.isPresent(); one = before(one.get())) {
      links.addFirst(one.get());
    }
    return Optional.of(List.copyOf(links));
  }

  /** What a restore of the newest one needs for which nothing is missing. */
  public List<Listed> newest() {
    return newestFirst.stream().flatMap(one -> to(one).stream()).findFirst().orElse(List.of());
  }

  /** The newest first; a base alone, and log without its base, have none. */
  public List<Span> spans() {
    Map<String, Span> spans = new HashMap<>();
    newestFirst.forEach(last -> span(last).ifPresent(it -> spans.putIfAbsent(it.base(), it)));
    return spans.values().stream().sorted(Comparator.comparing(Span::to).reversed()).toList();
  }

  /** What ends soonest of what has everything until then. */
  public Optional<Listed> at(Instant time) {
    return newestFirst.stream()
        .filter(last -> span(last).filter(it -> it.has(time)).isPresent())
        .reduce((newer, older) -> older);
  }

  /** The moments that can be restored with what one needs; empty: none, or something is missing. */
  public Optional<Span> span(Listed last) {
    return first(last)
        .filter(base -> !base.equals(last))
        .map(
            base ->
                new Span(
                    link(base).orElseThrow().until(),
                    link(last).orElseThrow().until(),
                    base.id(),
                    last.id()));
  }

  /**
   * Where the chain of one begins; empty: something is missing. Positions grow along a chain, so
   * that none is a ring.
   */
  private Optional<Listed> first(Listed last) {
    Deque<Listed> unknown = new ArrayDeque<>();
    Optional<Listed> one = Optional.of(last);
    while (one.isPresent() && isLog(one.get()) && !firsts.containsKey(one.get().id())) {
      unknown.push(one.get());
      one = before(one.get());
    }
    Optional<Listed> first =
        one.flatMap(
            it -> isLog(it) ? firsts.getOrDefault(it.id(), Optional.empty()) : Optional.of(it));
    unknown.forEach(it -> firsts.put(it.id(), first));
    return first;
  }

  private static boolean isLog(Listed one) {
    return link(one).filter(link -> link.kind() == Link.Kind.LOG).isPresent();
  }

  private static Optional<Place> end(Listed one) {
    return link(one).flatMap(link -> place(link, one.manifest().facts().endPosition()));
  }

  private static Optional<Place> place(Link link, Optional<String> position) {
    return position.map(at -> new Place(link.system(), link.timeline(), at));
  }

  private static Optional<Link> link(Listed one) {
    return one.manifest().facts().link();
  }
}
