package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.model.ContractPolicy;
import dev.lockstep.definitions.model.Step;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Phase;
import dev.lockstep.definitions.plan.Scene;
import java.util.stream.Stream;

/** Nothing says that old clients are gone. */
final class NoOldClientPattern implements Rule {
  @Override
  public Stream<Hazard> find(Scene scene) {
    boolean hides =
        scene.steps().stream()
            .anyMatch(s -> s.phase() == Phase.CONTRACT && s.id().endsWith("-hide"));
    ContractPolicy policy = scene.migration().contract();
    boolean kept =
        policy.oldClients().isPresent()
            || policy.approval() == ContractPolicy.Approval.REQUIRED
            || scene.actions(Action.RollOut.class).findAny().isPresent()
            || scene.migration().steps().stream().anyMatch(Step.Approve.class::isInstance);
    return hides && !kept
        ? Stream.of(
            Hazards.NO_OLD_CLIENT_PATTERN.found(
                "contract hides old names, and nothing waits for the clients that use them"))
        : Stream.empty();
  }
}
