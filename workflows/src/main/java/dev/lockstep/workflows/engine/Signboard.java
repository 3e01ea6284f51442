package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.model.Notification;
import dev.lockstep.definitions.model.Subject;
import dev.lockstep.workflows.api.RunControls;
import dev.lockstep.workflows.contract.Prepared;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributeUpdate;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Shows the run in the Temporal UI: current details, and, as far as they changed, search attributes
 * and memo; and tells those who want to know of a new state. An attribute that the server does not
 * know would hang the run, hence the starter or the worker that prepared the run says whether it
 * does.
 */
final class Signboard {
  private static final List<String> MEMO_ONLY =
      List.of(RunControls.MEMO_RUN, RunControls.MEMO_MESSAGE);

  private final RunBook book;
  private final Orders orders;
  private final boolean searchAttributes;
  private final StateNotices notices;
  private Optional<String> message = Optional.empty();
  private Optional<String> failure = Optional.empty();
  private SortedMap<String, String> shown = new TreeMap<>();

  Signboard(RunBook book, Orders orders, boolean searchAttributes) {
    this.book = book;
    this.orders = orders;
    this.searchAttributes = searchAttributes;
    this.notices = new StateNotices(book, orders);
  }

  /** Takes over what an earlier history wrote. */
  void restore(SortedMap<String, String> memo) {
    shown = new TreeMap<>(memo);
  }

  /** The memo as it was last written. */
  SortedMap<String, String> memo() {
    return new TreeMap<>(shown);
  }

  /** Writes the details anew; allowed in a handler too. */
  void post() {
    Workflow.setCurrentDetails(
        new Details(new Status(book, orders).read(), new Decisions(book, orders).open())
            .markdown());
  }

  /** The same, and tells the server what changed. For the main line only. */
  void show() {
    post();
    book.prepared().ifPresent(this::write);
  }

  /**
   * The same at the end, with a sentence: the result of a cancelled run is lost, its memo is not.
   */
  void end(String sentence) {
    message = Optional.of(sentence);
    show();
  }

  /** The same where the run fails with that sentence. */
  void fail(String sentence) {
    failure = Optional.of(sentence);
    show();
  }

  /** Tells that the run could not begin. */
  void refused(Subject subject, List<Notification> told, String sentence) {
    notices.refused(subject, told, sentence);
  }

  private void write(Prepared run) {
    Optional<String> before = Optional.ofNullable(shown.get(RunControls.MEMO_STATE));
    upsert(run);
    if (!before.equals(Optional.of(book.state().name()))) {
      notices.entered(run, before.isEmpty(), message.or(() -> failure));
    }
  }

  private void upsert(Prepared run) {
    SortedMap<String, String> now = new TreeMap<>();
    message.ifPresent(sentence -> now.put(RunControls.MEMO_MESSAGE, sentence));
    now.put("LockstepKind", run.kind());
    now.put("LockstepName", run.plan().migration());
    now.put("LockstepDatabase", run.database().name());
    now.put(RunControls.MEMO_PHASE, book.phase().name());
    now.put(RunControls.MEMO_STATE, book.state().name());
    now.put(RunControls.MEMO_RUN, run.run().id());
    SortedMap<String, Object> changed = new TreeMap<>();
    now.forEach(
        (name, value) -> {
          if (!value.equals(shown.get(name))) {
            changed.put(name, value);
          }
        });
    if (changed.isEmpty()) {
      return;
    }
    shown = now;
    Workflow.upsertMemo(changed);
    changed.keySet().removeAll(MEMO_ONLY);
    // A server refuses an upsert of nothing, which would hang the run.
    if (!changed.isEmpty() && (searchAttributes || run.searchAttributes().orElse(false))) {
      Workflow.upsertTypedSearchAttributes(updates(changed));
    }
  }

  private static SearchAttributeUpdate<?>[] updates(SortedMap<String, Object> changed) {
    return changed.entrySet().stream()
        .map(
            entry ->
                SearchAttributeKey.forKeyword(entry.getKey()).valueSet((String) entry.getValue()))
        .toArray(SearchAttributeUpdate<?>[]::new);
  }
}
