package dev.lockstep.activities.kubernetes;

import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts images into a Deployment and waits for its pods.
 *
 * <ol>
 *   <li>Read. A note of this step that says done: nothing is left to do, whatever the images are
 *       now.
 *   <li>No note: ask by a dry run what the images become (admission may rewrite them), then set
 *       them and write the note in one request.
 *   <li>A note: the request was made before, by this worker or by one that died. Images that were
 *       put back meanwhile are set again; images of somebody else are a conflict.
 *   <li>Wait until the rollout is complete and mark the note done.
 * </ol>
 *
 * Killed anywhere, the next call goes on: the note and the images are changed by one request.
 */
final class RollOutWorkload {
  private final StepScope scope;
  private final Action.RollOut action;
  private final Deployments deployments;
  private final Reporter reporter;

  RollOutWorkload(
      StepScope scope, Action.RollOut action, Deployments deployments, Reporter reporter) {
    this.scope = scope;
    this.action = action;
    this.deployments = deployments;
    this.reporter = reporter;
  }

  StepOutcome run() {
    Stopwatch stopwatch = new Stopwatch();
    Deployment now = deployments.read();
    requireContainers(now);
    Optional<RolloutNote> note = Notes.find(now, scope.run(), scope.step(), scope.step());
    if (note.filter(RolloutNote::done).isPresent()) {
      return new StepOutcome(true, new TreeMap<>());
    }
    RolloutNote noted = note.isPresent() ? adopt(now, note.get()) : begin(now);
    AwaitRollout.Goal goal = new AwaitRollout.Goal(noted.after(), action.deadline(), "rollout");
    Deployment complete = new AwaitRollout(goal, deployments, reporter).run();
    if (Notes.find(complete, scope.run(), scope.step(), scope.step()).isPresent()) {
      apply(complete, noted.asDone());
    }
    return stopwatch.outcome(complete);
  }

  private RolloutNote begin(Deployment now) {
    SortedMap<String, String> present = Deployments.images(now);
    RolloutNote wish = note(present, action.images());
    Deployment tried = deployments.tryApply(request(now, wish));
    RolloutNote note = note(present, Deployments.images(tried));
    if (!note.before().equals(note.after())) {
      apply(now, note);
    }
    return note;
  }

  private RolloutNote adopt(Deployment now, RolloutNote note) {
    Notes.requireNobodyElse(now, note, scope.step());
    if (!Deployments.images(now).entrySet().containsAll(note.after().entrySet())) {
      apply(now, note);
    }
    return note;
  }

  private void apply(Deployment now, RolloutNote note) {
    deployments.apply(request(now, note));
  }

  private Deployment request(Deployment now, RolloutNote note) {
    return ApplyImages.to(now, scope.step()).with(note, scope.run(), note.after());
  }

  private RolloutNote note(SortedMap<String, String> before, SortedMap<String, String> after) {
    SortedMap<String, RolloutNote.Change> images = new TreeMap<>();
    for (String container : action.images().keySet()) {
      images.put(
          container,
          new RolloutNote.Change(
              before.getOrDefault(container, ""), after.getOrDefault(container, "")));
    }
    return new RolloutNote(scope.run().id(), scope.step(), false, images);
  }

  private void requireContainers(Deployment now) {
    SortedMap<String, String> present = Deployments.images(now);
    for (String container : action.images().keySet()) {
      if (!present.containsKey(container)) {
        throw Faults.failure(
            FaultCode.WORKLOAD_UNKNOWN,
            action.workload()
                + " has no container "
                + container
                + "; its containers are "
                + String.join(", ", present.keySet()),
            scope.step());
      }
    }
  }
}
