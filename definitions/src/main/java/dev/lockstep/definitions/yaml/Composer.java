package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.yaml.Tree.Entries;
import dev.lockstep.definitions.yaml.Tree.Entry;
import dev.lockstep.definitions.yaml.Tree.Items;
import dev.lockstep.definitions.yaml.Tree.Kind;
import dev.lockstep.definitions.yaml.Tree.Leaf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;

/**
 * Makes trees of parser events. Tags other than those of text are refused, fields given twice are
 * reported, and what aliases repeat counts as if it were written out, so that a small text cannot
 * stand for a huge one.
 */
final class Composer {
  /** Deeper nesting than any definition has; keeps recursion short. */
  static final int DEEPEST = 50;

  /** The most values of one document, those repeated by aliases counted each time. */
  static final int MOST_VALUES = 50_000;

  private static final String TEXT_TAG = "tag:yaml.org,2002:str";

  private final Iterator<Event> events;
  private final int linesBefore;
  private final Problems problems;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private int values;

  private record Anchored(Tree tree, int values) {}

  Composer(Iterator<Event> events, int linesBefore, Problems problems) {
    this.events = events;
    this.linesBefore = linesBefore;
    this.problems = problems;
  }

  /**
   * The tree that begins with {@code event}.
   *
   * @throws Refusal where the text breaks a limit or uses what is not read
   */
  Tree tree(Event event, Path path) {
    return tree(event, path, 0);
  }

  private Tree tree(Event event, Path path, int depth) {
    int line = lineOf(event);
    if (event instanceof AliasEvent alias) {
      return repeated(alias, line);
    }
    int before = values;
    count(1, line);
    if (depth > DEEPEST) {
      throw new Refusal(line, "is nested deeper than " + DEEPEST + " levels");
    }
    Tree tree = content(event, path, depth);
    String anchor = ((NodeEvent) event).getAnchor();
    if (anchor != null) {
      anchors.put(anchor, new Anchored(tree, values - before));
    }
    return tree;
  }

  private Tree content(Event event, Path path, int depth) {
    if (event instanceof ScalarEvent scalar) {
      return leaf(scalar);
    }
    if (event instanceof SequenceStartEvent sequence) {
      requireNoTag(sequence.getTag(), sequence);
      return items(sequence, path, depth);
    }
    MappingStartEvent mapping = (MappingStartEvent) event;
    requireNoTag(mapping.getTag(), mapping);
    return entries(mapping, path, depth);
  }

  private Leaf leaf(ScalarEvent scalar) {
    int line = lineOf(scalar);
    boolean tagged = TEXT_TAG.equals(scalar.getTag());
    if (!tagged) {
      requireNoTag(scalar.getTag(), scalar);
    }
    Kind kind = scalar.isPlain() && !tagged ? Scalars.kindOf(scalar.getValue()) : Kind.TEXT;
    return new Leaf(scalar.getValue(), kind, line);
  }

  private Items items(SequenceStartEvent start, Path path, int depth) {
    List<Tree> items = new ArrayList<>();
    Event event = events.next();
    while (!event.is(Event.ID.SequenceEnd)) {
      items.add(tree(event, path.item(items.size()), depth + 1));
      event = events.next();
    }
    return new Items(items, lineOf(start));
  }

  private Entries entries(MappingStartEvent start, Path path, int depth) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    Event event = events.next();
    while (!event.is(Event.ID.MappingEnd)) {
      int line = lineOf(event);
      if (!(event instanceof ScalarEvent scalar)) {
        throw new Refusal(line, "a field's name is a list, a map or an alias; wanted a plain name");
      }
      String key = leaf(scalar).text();
      Path inner = path.field(key);
      Entry entry = new Entry(key, tree(events.next(), inner, depth + 1), line);
      Entry first = entries.putIfAbsent(key, entry);
      if (first != null) {
        problems.add(inner, Code.NAME_TAKEN, line, "is given twice, first in line " + first.line());
      }
      event = events.next();
    }
    return new Entries(List.copyOf(entries.values()), lineOf(start));
  }

  private Tree repeated(AliasEvent alias, int line) {
    Anchored anchored = anchors.get(alias.getAnchor());
    if (anchored == null) {
      throw new Refusal(
          line,
          "an alias (a value that begins with *) names no value before it;"
              + " a text that begins with * needs quotes");
    }
    count(anchored.values(), line);
    return anchored.tree();
  }

  private void count(int more, int line) {
    values += more;
    if (values > MOST_VALUES) {
      throw new Refusal(
          line,
          "the document has more than "
              + MOST_VALUES
              + " values, those of aliases counted each time");
    }
  }

  private void requireNoTag(@org.jspecify.annotations.Nullable String tag, Event event) {
    if (tag != null) {
      throw new Refusal(
          lineOf(event), "tags (values that begin with !) are not read; a text needs quotes");
    }
  }

  private int lineOf(Event event) {
    return event.getStartMark().getLine() + 1 + linesBefore;
  }

  /** A reason to give up a document. */
  static final class Refusal extends RuntimeException {
    private final int line;

    Refusal(int line, String message) {
      super(message);
      this.line = line;
    }

    int line() {
      return line;
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }
}
