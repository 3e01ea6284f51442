package dev.lockstep.workflows.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.definitions.model.Migration.OnFailure;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.ScheduledRequest;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.fakes.CopyPlans;
import dev.lockstep.workflows.fakes.Plans;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A course of a run whose history is kept, so that every later engine must be able to replay it.
 */
record Scenario(
    String name,
    List<PlannedStep> steps,
    Consumer<Stage> setting,
    Function<Stage, WorkflowStub> course) {

  static List<Scenario> all() {
    return List.of(
        new Scenario("success", Plans.whole(), stage -> {}, Stage::start),
        new Scenario(
            "failure-undone",
            Plans.whole(),
            stage -> stage.script.fail("ask gate/ask", wrong()),
            Stage::start),
        new Scenario(
            "aborted",
            Plans.whole(),
            stage -> stage.script.runEndlessly("backfill migrate/fill"),
            stage -> {
              WorkflowStub run = stage.start();
              stage.untilCalled("backfill migrate/fill", 1);
              Stage.say(run, "abort", "{\"by\": \"ada\"}");
              return run;
            }),
        new Scenario(
            "held-and-retried",
            Plans.whole(),
            stage -> {
              stage.script.prepare(
                  Plans.prepared(
                      Prepared.State.PLANNED, Plans.plan(Plans.whole(), OnFailure.HOLD)));
              stage.script.fail("backfill migrate/fill", wrong());
            },
            stage -> {
              WorkflowStub run = stage.start();
              Stage.until(run, RunState.HELD);
              Stage.say(run, "retry", "{}");
              return run;
            }),
        new Scenario(
            "backup", Plans.whole(), stage -> {}, stage -> stage.startCopy(CopyPlans.backup())),
        new Scenario(
            "backup-failed-discarded",
            Plans.whole(),
            stage -> stage.script.fail("readBack verify/read-back", wrong()),
            stage -> stage.startCopy(CopyPlans.backup())),
        new Scenario(
            "backup-quiesced",
            Plans.whole(),
            stage -> {},
            stage -> stage.startCopy(CopyPlans.quiesced(Duration.ofHours(1)))),
        new Scenario(
            "backup-quiesced-too-long-thawed",
            Plans.whole(),
            stage -> stage.script.runEndlessly("take migrate/take"),
            stage -> stage.startCopy(CopyPlans.quiesced(Duration.ofMillis(1500)))),
        new Scenario(
            "restore", Plans.whole(), stage -> {}, stage -> stage.startCopy(CopyPlans.restore())),
        new Scenario(
            "restore-switched-back",
            Plans.whole(),
            stage -> {},
            stage -> {
              WorkflowStub run = stage.startCopy(CopyPlans.restore());
              Stage.until(run, it -> it.step().equals(Optional.of("contract/window")));
              Stage.say(run, "abort", "{\"by\": \"ada\"}");
              return run;
            }),
        new Scenario(
            "drill-failed",
            Plans.whole(),
            stage -> stage.script.fail("askRestored verify/check-has-orders", wrong()),
            stage -> stage.startCopy(CopyPlans.drill())),
        new Scenario(
            "drill-too-slow",
            Plans.whole(),
            stage -> stage.script.fail("conclude SUCCEEDED", CopyRunTest.missed()),
            stage -> stage.startCopy(CopyPlans.drill())),
        new Scenario("dropped-kept", kept(), stage -> {}, Stage::start),
        new Scenario(
            "dropped-not-kept-undone",
            kept(),
            stage -> stage.script.fail("keepDropped finish/customers-keep", wrong()),
            Stage::start),
        new Scenario("continued", Plans.whole(), stage -> {}, stage -> stage.startShort(5)),
        new Scenario(
            "paused-and-tuned",
            Plans.whole(),
            stage -> stage.script.runEndlessly("backfill migrate/fill"),
            stage -> {
              WorkflowStub run = stage.start();
              stage.untilCalled("backfill migrate/fill", 1);
              Stage.say(run, "tune", "{\"batchDuration\": \"10ms\"}");
              stage.untilCalled("backfill migrate/fill", 2);
              Stage.say(run, "pause", "{\"reason\": \"peak hour\"}");
              Stage.until(run, RunState.PAUSED);
              stage.script.release("backfill migrate/fill");
              Stage.say(run, "resume", "{}");
              return run;
            }),
        new Scenario(
            "approved",
            List.of(Plans.claim(), Plans.add(), Plans.gate(), Plans.backfill()),
            stage -> {},
            stage -> {
              WorkflowStub run = stage.start();
              Stage.until(run, RunState.WAITING);
              Stage.say(run, "approve", "{\"gate\": \"contract\"}");
              return run;
            }),
        new Scenario(
            "approved-by-two",
            ApproversTest.STEPS,
            stage -> stage.script.prepare(Plans.guarded(ApproversTest.STEPS, ApproversTest.TWO)),
            stage -> {
              WorkflowStub run = stage.start();
              Stage.until(run, RunState.WAITING);
              Stage.say(run, "approve", ApproversTest.by("ada"));
              Stage.say(run, "approve", ApproversTest.by("grace"));
              return run;
            }),
        new Scenario(
            "verified-again-then-approved",
            Plans.waiting(Plans.gate()),
            stage -> {},
            stage -> {
              WorkflowStub run = stage.start();
              Stage.until(run, RunState.WAITING);
              stage.environment.sleep(Duration.ofSeconds(61));
              stage.untilCalled("verifyAgain verify/rows", 1);
              Stage.until(run, VerifyAgainTest.verifiedAgain(1));
              stage.environment.sleep(Duration.ofMinutes(3));
              Stage.until(run, VerifyAgainTest.verifiedAgain(2));
              Stage.say(run, "approve", "{\"gate\": \"contract\"}");
              return run;
            }),
        new Scenario(
            "continued-at-gate",
            Plans.waiting(Plans.gate()),
            stage -> {},
            stage -> {
              WorkflowStub run = stage.startShort(5);
              Stage.until(run, RunState.WAITING);
              stage.environment.sleep(Duration.ofMinutes(5));
              Stage.until(run, VerifyAgainTest.verifiedAgain(2));
              Stage.say(run, "approve", "{\"gate\": \"contract\"}");
              return run;
            }),
        new Scenario(
            "rows-drifted-undone",
            Plans.waiting(Plans.gate()),
            stage -> stage.script.fail("verifyAgain verify/rows", VerifyAgainTest.drifted()),
            stage -> {
              WorkflowStub run = stage.start();
              Stage.until(run, RunState.WAITING);
              stage.environment.sleep(Duration.ofSeconds(61));
              return run;
            }),
        new Scenario(
            "verified-before-contract", Plans.waiting(Plans.rest()), stage -> {}, Stage::start),
        new Scenario(
            "tables-together",
            Plans.tables(),
            stage -> tables(stage, OnFailure.ROLLBACK),
            Stage::start),
        new Scenario(
            "tables-continued",
            Plans.tables(),
            stage -> tables(stage, OnFailure.ROLLBACK),
            stage -> stage.startShort(3)),
        new Scenario(
            "tables-failure-undone",
            Plans.tables(),
            stage -> {
              tables(stage, OnFailure.ROLLBACK);
              stage.script.runEndlessly(TablesTogetherTest.A);
              stage.script.fail(TablesTogetherTest.B, wrong());
            },
            Stage::start),
        new Scenario(
            "tables-held-and-retried",
            Plans.tables(),
            stage -> {
              tables(stage, OnFailure.HOLD);
              stage.script.runEndlessly(TablesTogetherTest.A);
              stage.script.fail(TablesTogetherTest.B, wrong());
            },
            stage -> {
              WorkflowStub run = stage.start();
              Stage.until(run, RunState.HELD);
              stage.script.release(TablesTogetherTest.A);
              Stage.say(run, "retry", "{}");
              return run;
            }),
        new Scenario(
            "tables-paused-and-tuned",
            Plans.tables(),
            stage -> {
              tables(stage, OnFailure.ROLLBACK);
              stage.script.runEndlessly(TablesTogetherTest.A);
              stage.script.runEndlessly(TablesTogetherTest.B);
            },
            stage -> {
              WorkflowStub run = stage.start();
              stage.untilCalled(TablesTogetherTest.A, 1);
              stage.untilCalled(TablesTogetherTest.B, 1);
              Stage.say(run, "tune", "{\"tables\": 1}");
              stage.untilCalled(TablesTogetherTest.A, 2);
              Stage.say(run, "pause", "{}");
              Stage.until(run, RunState.PAUSED);
              Stage.say(run, "tune", "{\"tables\": 3}");
              Stage.say(run, "resume", "{}");
              stage.untilCalled(TablesTogetherTest.C, 1);
              TablesTogetherTest.release(stage);
              return run;
            }),
        new Scenario(
            "tables-aborted",
            Plans.tables(),
            stage -> {
              tables(stage, OnFailure.ROLLBACK);
              stage.script.runEndlessly(TablesTogetherTest.A);
              stage.script.runEndlessly(TablesTogetherTest.B);
            },
            stage -> {
              WorkflowStub run = stage.start();
              stage.untilCalled(TablesTogetherTest.A, 1);
              stage.untilCalled(TablesTogetherTest.B, 1);
              Stage.say(run, "abort", "{}");
              return run;
            }),
        new Scenario(
            "trial-passed",
            Plans.onTrial(),
            stage -> {},
            stage -> {
              WorkflowStub run = stage.start();
              Stage.until(run, RunState.WAITING);
              Stage.say(run, "approve", "{\"gate\": \"contract\"}");
              return run;
            }),
        new Scenario(
            "trial-failed-then-passed",
            Plans.onTrial(),
            stage -> stage.script.fail("tryOut contract/trial", TrialTest.failed()),
            stage -> {
              WorkflowStub run = stage.start();
              Stage.until(run, RunState.WAITING);
              Stage.say(run, "approve", "{\"gate\": \"contract\"}");
              TrialTest.untilBack(stage, run);
              stage.environment.sleep(Duration.ofSeconds(61));
              stage.untilCalled("verifyAgain verify/rows", 1);
              Stage.say(run, "approve", "{\"gate\": \"contract\"}");
              return run;
            }),
        new Scenario(
            "trial-ended-by-hand",
            Plans.onTrial(),
            stage -> stage.script.runEndlessly("tryOut contract/trial"),
            stage -> {
              WorkflowStub run = stage.start();
              Stage.until(run, RunState.WAITING);
              Stage.say(run, "approve", "{\"gate\": \"contract\"}");
              stage.untilCalled("tryOut contract/trial", 1);
              Stage.say(run, "approve", "{\"gate\": \"trial\"}");
              return run;
            }),
        new Scenario(
            "trial-failed-and-continued",
            Plans.onTrial(),
            stage -> stage.script.fail("tryOut contract/trial", TrialTest.failed()),
            stage -> {
              WorkflowStub run = stage.startShort(3);
              Stage.until(run, RunState.WAITING);
              Stage.say(run, "approve", "{\"gate\": \"contract\"}");
              TrialTest.untilBack(stage, run);
              stage.environment.sleep(Duration.ofMinutes(5));
              Stage.until(run, VerifyAgainTest.verifiedAgain(2));
              Stage.say(run, "approve", "{\"gate\": \"contract\"}");
              return run;
            }),
        new Scenario(
            "cancelled",
            Plans.whole(),
            stage -> stage.script.runEndlessly("backfill migrate/fill"),
            stage -> {
              WorkflowStub run = stage.start();
              stage.untilCalled("backfill migrate/fill", 1);
              run.cancel();
              return run;
            }),
        new Scenario(
            "notified",
            List.of(Plans.claim(), Plans.add(), Plans.gate(), Plans.backfill()),
            stage ->
                stage.script.prepare(
                    stage.script.prepared().notifying(List.of(NoticesTest.everything("ops")))),
            stage -> {
              WorkflowStub run = stage.start();
              Stage.until(run, RunState.WAITING);
              Stage.say(run, "approve", "{\"gate\": \"contract\"}");
              return run;
            }),
        new Scenario(
            "notified-continued",
            Plans.whole(),
            stage ->
                stage.script.prepare(
                    stage.script.prepared().notifying(List.of(NoticesTest.everything("ops")))),
            stage -> stage.startShort(5)),
        new Scenario(
            "notified-of-refusal",
            Plans.whole(),
            stage -> stage.script.fail("prepare", NoticesTest.refusal()),
            Stage::start),
        new Scenario(
            "notified-without-an-answer",
            Plans.whole(),
            stage -> {
              stage.script.prepare(
                  stage.script.prepared().notifying(List.of(NoticesTest.everything("ops"))));
              NoticesTest.noAnswer(stage);
            },
            Stage::start),
        new Scenario(
            "notice",
            Plans.whole(),
            stage -> {
              stage.script.fail("deliver ops HELD", NoticesTest.unreachable());
              stage.script.fail("deliver audit HELD", NoticesTest.refused());
            },
            NoticesTest::startNotice),
        new Scenario("scheduled", Plans.whole(), stage -> {}, Scenario::scheduled),
        new Scenario(
            "scheduled-cancelled",
            Plans.whole(),
            stage -> stage.script.runEndlessly("backfill migrate/fill"),
            stage -> {
              WorkflowStub run = scheduled(stage);
              stage.untilCalled("backfill migrate/fill", 1);
              run.cancel();
              return run;
            }),
        new Scenario(
            "scheduled-attached",
            Plans.whole(),
            stage -> stage.script.runEndlessly("backfill migrate/fill"),
            stage -> {
              stage.start();
              stage.untilCalled("backfill migrate/fill", 1);
              return scheduled(stage);
            }));
  }

  private static WorkflowStub scheduled(Stage stage) {
    return stage.start(
        "Scheduled",
        "schedule/nightly-2026-11-27T02:00:00Z",
        new ScheduledRequest(
            "Migration",
            "customer-full-name",
            false,
            new ScheduledRequest.Origin("nightly", "digest", false, 0, 0)));
  }

  @Override
  public String toString() {
    return name;
  }

  private static void tables(Stage stage, OnFailure onFailure) {
    stage.script.prepare(Plans.prepared(Plans.tables(), 2, onFailure));
  }

  /** What is hidden is kept in a store before it is dropped. */
  static List<PlannedStep> kept() {
    List<PlannedStep> steps = new ArrayList<>(Plans.whole());
    steps.add(steps.size() - 2, CopyPlans.keep());
    return steps;
  }

  private static ApplicationFailure wrong() {
    return Faults.failure(FaultCode.ROWS_DIFFER, "2 rows of customers differ", "");
  }

  /** Plays it to the end; the answer is its histories as JSON, oldest first. */
  List<String> play() {
    try (Stage stage = new Stage(steps)) {
      setting.accept(stage);
      WorkflowStub run = course.apply(stage);
      awaitEnd(run);
      List<String> oldestFirst = new ArrayList<>();
      stage.histories(run).forEach(history -> oldestFirst.add(0, history.toJson(true)));
      return oldestFirst;
    }
  }

  private static void awaitEnd(WorkflowStub run) {
    try {
      run.getResult(JsonNode.class);
    } catch (WorkflowFailedException e) {
      // A cancelled run ends so; its history is what is wanted.
    }
  }
}
