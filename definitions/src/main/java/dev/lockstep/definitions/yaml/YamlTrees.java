package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.check.Problem.Code;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.reader.ReaderException;

/** Reads the documents of a YAML stream as trees. What the text holds never gets into a message. */
final class YamlTrees {
  /** Eight digits above U+10FFFF. */
  private static final Pattern BEYOND_UNICODE = Pattern.compile("\\\\U(?!000|0010)[0-9a-fA-F]{8}");

  private final Problems problems;

  private final Set<Tree> unsound = Collections.newSetFromMap(new IdentityHashMap<>());

  YamlTrees(Problems problems) {
    this.problems = problems;
  }

  /** Every document that could be parsed; a problem for every one that could not. */
  List<Tree> read(String stream) {
    String text = stream.startsWith("\uFEFF") ? stream.substring(1) : stream;
    List<Tree> trees = new ArrayList<>();
    for (Chunk chunk : Chunk.cut(text)) {
      try {
        read(chunk, trees);
      } catch (Composer.Refusal refusal) {
        syntax(refusal.line(), refusal.reason());
      } catch (ReaderException e) {
        syntax(
            chunk.linesBefore() + lineAt(chunk.text(), e.getPosition()),
            String.format(
                Locale.ROOT, "character U+%04X is not allowed in YAML", e.getCodePoint()));
      } catch (MarkedYAMLException e) {
        wrongAt(chunk, e);
      } catch (YAMLException e) {
        syntax(chunk.linesBefore() + 1, "is not YAML");
      } catch (IllegalArgumentException e) {
        // The parser makes characters of eight-digit escapes without a look at their range.
        syntax(
            chunk.linesBefore() + escapeLine(chunk.text()),
            "is not YAML: an escape in a quoted text is no character");
      }
    }
    return trees;
  }

  /** Whether there was no problem with the document, such as a field that is given twice. */
  boolean sound(Tree tree) {
    return !unsound.contains(tree);
  }

  private void read(Chunk chunk, List<Tree> trees) {
    if (chunk.hasDirective()) {
      throw new Composer.Refusal(
          chunk.linesBefore() + 1,
          "directives (lines that begin with %) need a line --- after them");
    }
    Iterator<Event> events =
        new Yaml(new LoaderOptions()).parse(new StringReader(chunk.text())).iterator();
    while (events.hasNext()) {
      if (events.next() instanceof NodeEvent event) {
        int before = problems.size();
        Tree tree = new Composer(events, chunk.linesBefore(), problems).tree(event, Path.ROOT);
        trees.add(tree);
        if (problems.size() > before) {
          unsound.add(tree);
        }
      }
    }
  }

  private void wrongAt(Chunk chunk, MarkedYAMLException e) {
    int line = chunk.linesBefore() + 1 + lineOf(e.getProblemMark(), e.getContextMark());
    if (chunk.isIndentedWithTab(line)) {
      syntax(line, "is indented with a tab; YAML is indented with spaces");
      return;
    }
    String problem = e.getProblem() == null ? "" : e.getProblem();
    // The only complaint of the parser that repeats a longer piece of the text is about tags.
    syntax(
        line, problem.contains("tag") ? "is not YAML: a tag is wrong" : "is not YAML: " + problem);
  }

  private static int lineOf(@Nullable Mark problem, @Nullable Mark around) {
    if (problem != null) {
      return problem.getLine();
    }
    return around == null ? 0 : around.getLine();
  }

  private static int lineAt(String text, int position) {
    String before = text.substring(0, Math.min(text.length(), position));
    return 1 + (int) before.chars().filter(character -> character == '\n').count();
  }

  private static int escapeLine(String text) {
    Matcher escape = BEYOND_UNICODE.matcher(text);
    return escape.find() ? lineAt(text, escape.start()) : 1;
  }

  private void syntax(int line, String message) {
    problems.add(Path.ROOT, Code.SYNTAX_WRONG, line, message);
  }
}
