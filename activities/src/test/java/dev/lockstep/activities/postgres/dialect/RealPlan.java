package dev.lockstep.activities.postgres.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.postgres.observe.PostgresObserver;
import dev.lockstep.definitions.lint.Lint;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.plan.Observation;
import dev.lockstep.definitions.plan.Plan;
import dev.lockstep.definitions.plan.PlanQuestions;
import dev.lockstep.definitions.plan.Planner;
import dev.lockstep.definitions.plan.Planning;
import dev.lockstep.definitions.plan.Questions;
import dev.lockstep.definitions.yaml.DefinitionReader;
import dev.lockstep.definitions.yaml.Reading;
import dev.lockstep.definitions.yaml.Source;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Plans as they are made of a definition and what a server answers. */
public final class RealPlan {
  private RealPlan() {}

  /** A definition of one change, as the language writes it. */
  public static String definition(String change) {
    return """
    apiVersion: lockstep.dev/v1
    kind: Migration
    metadata: {name: odd}
    spec:
      database: shop
      changes:
        - %s
    """
        .formatted(change);
  }

  /** The plan of the migration in a definition. */
  public static Plan of(Handle handle, String definition) {
    Migration migration = migration(definition);
    Questions questions = PlanQuestions.of(migration);
    List<Observation.Workload> workloads =
        questions.workloads().stream()
            .map(w -> new Observation.Workload(w, 2, new TreeMap<>(Map.of("web", "shop-web:1"))))
            .toList();
    Observation observation = new PostgresObserver().observe(handle, questions, workloads);
    Planning planning = Planner.plan(migration, observation, new PostgresDialect(), Lint.rules());
    assertThat(planning.problems()).isEmpty();
    return planning.plan().orElseThrow();
  }

  private static Migration migration(String definition) {
    Reading reading = DefinitionReader.read(List.of(Source.ofText("test.yaml", definition)));
    assertThat(reading.problems()).isEmpty();
    return reading.definitions().stream()
        .filter(Migration.class::isInstance)
        .map(Migration.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
