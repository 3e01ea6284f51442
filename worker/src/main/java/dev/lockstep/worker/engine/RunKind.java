package dev.lockstep.worker.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.definitions.model.Subject;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be run, by the name of its workflow type, which is that of the definition's kind. */
public enum RunKind {
  /** A migration; the only one whose name alone is enough where none is said. */
  MIGRATION,
  /** A backup. */
  BACKUP,
  /** A restore. */
  RESTORE,
  /** A drill. */
  DRILL;

  /** That of a definition. */
  public static RunKind of(Subject subject) {
    return valueOf(subject.kind().name());
  }

  /**
   * The kind of a run.
   *
   * @param name of the definition, or its workflow id
   * @param request the run's input
   */
  static RunKind of(String name, JsonNode request) {
    return find(request.path("definition").path("kind").asText("").toLowerCase(Locale.ROOT))
        .or(() -> ofId(name))
        .orElse(MIGRATION);
  }

  /** The kind that a workflow id such as {@code backup/shop-nightly} begins with. */
  public static Optional<RunKind> ofId(String id) {
    int slash = id.indexOf('/');
    return slash < 0 ? Optional.empty() : find(id.substring(0, slash));
  }

  private static Optional<RunKind> find(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  /** The workflow id of a definition's name, of a run's key in the ledger, or of the id itself. */
  String workflowId(String name) {
    boolean nameOrKey = name.matches("[-a-z0-9]+(/\\d+)?");
    return nameOrKey ? word() + "/" + name.replaceFirst("/\\d+$", "") : name;
  }

  /** The name without the kind before it. */
  public String bare(String name) {
    return name.startsWith(word() + "/") ? name.substring(word().length() + 1) : name;
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As the definition's kind is written, such as {@code Migration}. */
  @Override
  public String toString() {
    return name().charAt(0) + word().substring(1);
  }
}
