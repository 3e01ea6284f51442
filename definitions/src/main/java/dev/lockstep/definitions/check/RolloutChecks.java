package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Rollout;
import dev.lockstep.definitions.parameters.Places;
import java.time.Duration;
import java.util.List;

/** What a rollout must keep. */
record RolloutChecks(List<Problem> problems) {
  private static final Duration LONGEST_DEADLINE = Duration.ofDays(1);

  void check(String path, Rollout rollout) {
    String workload = path + ".workload";
    label(workload + ".namespace", rollout.workload().namespace());
    label(workload + ".name", rollout.workload().name());
    String containers = path + ".containers";
    if (rollout.images().isEmpty()) {
      problems.add(
          Problem.at(containers, Code.VALUE_WRONG, "is empty; wanted a container and its image"));
    }
    for (String container : rollout.images().keySet()) {
      Labels.check(containers + "." + container, container, problems);
    }
    rollout.images().forEach((name, image) -> image(containers + "." + name + ".image", image));
    rollout
        .deadline()
        .ifPresent(
            deadline ->
                new Ranges(problems)
                    .check(path + ".deadline", deadline, Duration.ofSeconds(1), LONGEST_DEADLINE));
  }

  private void label(String path, String name) {
    if (isWhole(path, name)) {
      Labels.check(path, Places.fillAll(name, "x"), problems);
    }
  }

  private void image(String path, String image) {
    if (isWhole(path, image) && image.chars().anyMatch(Character::isWhitespace)) {
      problems.add(
          Problem.at(
              path,
              Code.VALUE_WRONG,
              "is `" + image + "`; wanted an image reference such as shop-web:2"));
    }
  }

  private boolean isWhole(String path, String text) {
    if (Places.isBroken(text)) {
      problems.add(
          Problem.at(
              path,
              Code.VALUE_WRONG,
              "is `"
                  + text
                  + "`, in which ${ begins no parameter; wanted ${name}: "
                  + Places.NAME_WANTED));
      return false;
    }
    return true;
  }
}
