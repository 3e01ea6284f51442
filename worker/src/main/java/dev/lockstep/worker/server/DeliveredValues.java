package dev.lockstep.worker.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.definitions.check.Filling;
import dev.lockstep.definitions.model.CommitReport;
import dev.lockstep.definitions.model.Trigger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The few values of a delivery's body that are kept: parameters by allow-list, and the commit. */
final class DeliveredValues {
  private static final Pattern SHA = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final Pattern GITHUB_NAME = Pattern.compile("[-\\w.]{1,100}/[-\\w.]{1,100}");
  private static final Pattern GITLAB_ID = Pattern.compile("[0-9]{1,18}");

  /**
   * Of a push, a deployment, a workflow run, a job of one, a check, a pull request, an entry of a
   * merge queue, a status. An annotated tag is in {@code after} itself, and no commit; a deployment
   * names also the workflow that made it, which may be of another commit.
   */
  private static final List<String> GITHUB_SHA =
      List.of(
          "/head_commit/id",
          "/after",
          "/deployment/sha",
          "/workflow_run/head_sha",
          "/workflow_job/head_sha",
          "/check_run/head_sha",
          "/check_suite/head_sha",
          "/pull_request/head/sha",
          "/merge_group/head_sha",
          "/sha");

  /** Of a push, a pipeline, a merge request and a note at it, a release or another note, a job. */
  private static final List<String> GITLAB_SHA =
      List.of(
          "/checkout_sha",
          "/object_attributes/sha",
          "/object_attributes/last_commit/id",
          "/merge_request/last_commit/id",
          "/commit/id",
          "/sha");

  private static final List<String> GITLAB_PROJECT =
      List.of("/project/id", "/project_id", "/object_attributes/target_project_id");

  private final SortedMap<String, String> parameters = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();
  private final Optional<Delivery.Commit> commit;

  DeliveredValues(Trigger trigger, JsonNode body) {
    trigger.parameters().forEach((name, parameter) -> read(name, parameter, body));
    this.commit = trigger.report().flatMap(report -> commit(report.service(), body));
  }

  /** What keeps the delivery from being taken; no value of it is in any. */
  List<String> problems() {
    return Collections.unmodifiableList(problems);
  }

  SortedMap<String, String> parameters() {
    return Collections.unmodifiableSortedMap(parameters);
  }

  /** Absent: the trigger does not tell of commits, or the delivery names none. */
  Optional<Delivery.Commit> commit() {
    return commit;
  }

  private void read(String name, Trigger.Parameter parameter, JsonNode body) {
    JsonNode value = BodyValue.at(body, parameter.from());
    boolean scalar = value.isTextual() || value.isIntegralNumber() || value.isBoolean();
    String place = "parameter " + name + ": " + parameter.from();
    if (!scalar) {
      problems.add(
          place + (value.isMissingNode() || value.isNull() ? " is not there" : " is no text"));
      return;
    }
    Optional<String> taken =
        BodyValue.match(parameter.pattern(), value.asText()).flatMap(DeliveredValues::taken);
    if (taken.isEmpty()) {
      problems.add(place + " is not " + parameter.pattern());
    } else if (!Filling.VALUE.matcher(taken.get()).matches()) {
      problems.add(place + " is not " + Filling.VALUE_WANTED);
    } else {
      parameters.put(name, taken.get());
    }
  }

  /** The group of the pattern that has the name of what is wanted, or else all of the value. */
  private static Optional<String> taken(Matcher match) {
    try {
      return Optional.ofNullable(match.group(Trigger.Parameter.GROUP));
    } catch (IllegalArgumentException e) {
      // Java 17 does not tell beforehand whether a pattern has a group of that name.
      return Optional.of(match.group());
    }
  }

  private static Optional<Delivery.Commit> commit(CommitReport.Service service, JsonNode body) {
    return switch (service) {
      case GITHUB ->
          commit(body, Stream.of("/repository/full_name"), GITHUB_NAME, GITHUB_SHA.stream());
      case GITLAB -> commit(body, GITLAB_PROJECT.stream(), GITLAB_ID, GITLAB_SHA.stream());
    };
  }

  private static Optional<Delivery.Commit> commit(
      JsonNode body, Stream<String> repositories, Pattern name, Stream<String> shas) {
    Optional<String> repository = first(body, repositories, name);
    return first(body, shas, SHA)
        .flatMap(sha -> repository.map(known -> new Delivery.Commit(known, sha)));
  }

  private static Optional<String> first(JsonNode body, Stream<String> places, Pattern form) {
    return places
        .map(place -> body.at(place).asText(""))
        .filter(text -> form.matcher(text).matches())
        .findFirst();
  }
}
