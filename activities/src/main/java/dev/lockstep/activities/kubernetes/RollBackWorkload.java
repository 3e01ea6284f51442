package dev.lockstep.activities.kubernetes;

import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts back the images that a step replaced.
 *
 * <ol>
 *   <li>No note, or no Deployment: the step never began, or was undone before. Nothing is done.
 *   <li>An image that is neither the one before the step nor the one after it was set by somebody
 *       else later: a conflict, and nothing is changed.
 *   <li>Set the earlier images. The note stays, so that the next call of a killed worker knows what
 *       it has to wait for.
 *   <li>Wait until every pod has the earlier images, then remove the note.
 * </ol>
 */
final class RollBackWorkload {
  private final StepScope scope;
  private final Action.RollBack action;
  private final Deployments deployments;
  private final Reporter reporter;

  RollBackWorkload(
      StepScope scope, Action.RollBack action, Deployments deployments, Reporter reporter) {
    this.scope = scope;
    this.action = action;
    this.deployments = deployments;
    this.reporter = reporter;
  }

  StepOutcome run() {
    Stopwatch stopwatch = new Stopwatch();
    Optional<Deployment> found = deployments.find();
    Optional<RolloutNote> note =
        found.flatMap(d -> Notes.find(d, scope.run(), action.rollOutStep(), scope.step()));
    if (found.isEmpty() || note.isEmpty()) {
      return new StepOutcome(true, new TreeMap<>());
    }
    putBack(found.get(), note.get());
    AwaitRollout.Goal goal =
        new AwaitRollout.Goal(note.get().before(), action.deadline(), "undo of the rollout");
    Deployment complete = new AwaitRollout(goal, deployments, reporter).run();
    deployments.removeAnnotation(RolloutNote.name(scope.run(), action.rollOutStep()));
    return stopwatch.outcome(complete);
  }

  private void putBack(Deployment now, RolloutNote note) {
    Notes.requireNobodyElse(now, note, scope.step());
    if (!Deployments.images(now).entrySet().containsAll(note.before().entrySet())) {
      deployments.apply(ApplyImages.to(now, scope.step()).with(note, scope.run(), note.before()));
    }
  }
}
