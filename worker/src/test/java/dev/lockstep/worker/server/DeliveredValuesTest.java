package dev.lockstep.worker.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lockstep.definitions.model.CommitReport;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.Subject;
import dev.lockstep.definitions.model.Trigger;
import dev.lockstep.definitions.model.TriggerAuth;
import dev.lockstep.workflows.wire.Wire;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeliveredValuesTest {
  private static final SecretReference PLACE = new SecretReference.Variable("SECRET");

  /** A and B stand for commits; the repository is the same in all. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GITHUB | {'after':'A','head_commit':{'id':'A'}} | A",
        "GITHUB | {'ref':'refs/tags/v1','after':'B','head_commit':{'id':'A'}} | A",
        "GITHUB | {'after':'A','head_commit':null} | A",
        "GITHUB | {'deployment':{'sha':'A'},'workflow_run':{'head_sha':'B'}} | A",
        "GITHUB | {'deployment':{'sha':'A'},'check_run':{'head_sha':'B'},'workflow_run':null} | A",
        "GITHUB | {'workflow_run':{'head_sha':'A'}} | A",
        "GITHUB | {'workflow_job':{'head_sha':'A'}} | A",
        "GITHUB | {'check_run':{'head_sha':'A'}} | A",
        "GITHUB | {'check_suite':{'head_sha':'A','after':'B'}} | A",
        "GITHUB | {'pull_request':{'head':{'sha':'A'},'base':{'sha':'B'}}} | A",
        "GITHUB | {'merge_group':{'head_sha':'A','base_sha':'B'}} | A",
        "GITHUB | {'sha':'A','commit':{'sha':'B'}} | A",
        "GITHUB | {'release':{'target_commitish':'main'}} |",
        "GITLAB | {'checkout_sha':'A','after':'B'} | A",
        "GITLAB | {'object_attributes':{'sha':'A'},'commit':{'id':'A'}} | A",
        "GITLAB | {'object_attributes':{'last_commit':{'id':'A'}}} | A",
        "GITLAB | {'object_attributes':{},'merge_request':{'last_commit':{'id':'A'}}} | A",
        "GITLAB | {'tag':'1.0.0','commit':{'id':'A'}} | A",
        "GITLAB | {'sha':'A','commit':{'id':2366,'sha':'A'}} | A",
        "GITLAB | {'checkout_sha':null} |"
      })
  void aDeliveryTellsWhichCommitItIsAbout(CommitReport.Service service, String body, String commit)
      throws JsonProcessingException {
    String whole = "{'repository':{'full_name':'o/r'},'project':{'id':7}," + body.substring(1);
    DeliveredValues values = values(service, spelledOut(whole));

    assertThat(values.commit().map(Delivery.Commit::sha))
        .isEqualTo(Optional.ofNullable(commit).map(DeliveredValuesTest::spelledOut));
    assertThat(values.commit().map(Delivery.Commit::repository).orElse("none"))
        .isEqualTo(commit == null ? "none" : service == CommitReport.Service.GITHUB ? "o/r" : "7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'project':{'id':7},'project_id':8,'checkout_sha':'A'} | 7",
        "{'project_id':8,'checkout_sha':'A'} | 8",
        "{'object_attributes':{'target_project_id':9,'source_project_id':7,"
            + "'last_commit':{'id':'A'}}} | 9",
        "{'checkout_sha':'A'} |"
      })
  void aProjectOfGitLabStandsInOneOfThreePlaces(String body, String project)
      throws JsonProcessingException {
    assertThat(
            values(CommitReport.Service.GITLAB, spelledOut(body))
                .commit()
                .map(Delivery.Commit::repository))
        .isEqualTo(Optional.ofNullable(project));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "refs/tags/(?<value>v[0-9.]+) ; refs/tags/v1.2 ; v1.2",
        "refs/tags/(?<value>v[0-9.]+) ; refs/heads/v1.2 ; parameter tag: $.ref is not refs/tags/",
        "refs/tags/(v[0-9.]+) ; refs/tags/v1.2 ; refs/tags/v1.2",
        "v1|\\(?<value>v2 ; v1 ; v1",
        "refs/(?:tags/(?<value>.*)|heads/main) ; refs/heads/main ; parameter tag: $.ref is not",
        "refs/tags/(?<value>.*) ; refs/tags/$(reboot) ; parameter tag: $.ref is not 1 to 200",
      })
  void aGroupThatIsNamedIsWhatIsTaken(String pattern, String ref, String told)
      throws JsonProcessingException {
    DeliveredValues values =
        values(
            Map.of("tag", new Trigger.Parameter("$.ref", pattern)),
            Optional.empty(),
            "{\"ref\":\"" + ref + "\"}");

    String got = values.parameters().getOrDefault("tag", String.join("; ", values.problems()));
    assertThat(got).startsWith(told);
    assertThat(got).doesNotContain("reboot");
  }

  private static String spelledOut(String text) {
    return text.replace('\'', '"').replace("A", "a".repeat(40)).replace("B", "b".repeat(40));
  }

  private static DeliveredValues values(CommitReport.Service service, String body)
      throws JsonProcessingException {
    return values(
        Map.of(), Optional.of(new CommitReport(service, PLACE, service.publicApi())), body);
  }

  private static DeliveredValues values(
      Map<String, Trigger.Parameter> parameters, Optional<CommitReport> report, String body)
      throws JsonProcessingException {
    Trigger trigger =
        new Trigger(
            "t",
            new Subject(Subject.Kind.BACKUP, "b"),
            new TriggerAuth.Bearer(PLACE),
            Trigger.When.ALWAYS,
            new TreeMap<>(parameters),
            report);
    return new DeliveredValues(trigger, Wire.mapper().readTree(body));
  }
}
