package dev.lockstep.worker.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.Subject;
import dev.lockstep.definitions.model.Trigger;
import dev.lockstep.definitions.model.TriggerAuth;
import dev.lockstep.workflows.wire.Wire;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OccurrenceTest {
  private static final SecretReference PLACE = new SecretReference.Variable("SECRET");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'ref':'refs/heads/a/b'} | a/b",
        "{'ref':'refs/tags/v1'} |",
        "{'ref':'v1','ref_type':'tag'} |",
        "{'object_kind':'build','ref':'main','tag':false} | main",
        "{'object_kind':'build','ref':'v1','tag':true} |",
        "{'object_kind':'deployment','ref':'v1'} |",
        "{'object_kind':'pipeline','object_attributes':{'ref':'main','tag':false},"
            + "'merge_request':null} | main",
        "{'object_kind':'pipeline','object_attributes':{'ref':'v1','tag':true}} |",
        "{'object_kind':'pipeline','object_attributes':{'ref':'main','tag':false},"
            + "'merge_request':{'source_project_id':1,'target_project_id':1}} | main",
        "{'object_kind':'pipeline','object_attributes':{'ref':'main','tag':false},"
            + "'merge_request':{'source_project_id':2,'target_project_id':1}} |",
        "{'workflow_run':{'head_branch':'main',"
            + "'repository':{'id':1},'head_repository':{'id':1}}} | main",
        "{'workflow_run':{'head_branch':'main',"
            + "'repository':{'id':1},'head_repository':{'id':2}}} |",
        "{'workflow_run':{'head_branch':'main',"
            + "'repository':{'id':1},'head_repository':null}} |",
        "{'branch':'main'} | main"
      })
  void aBranchIsOneOfTheRepositoryItself(String body, String branch)
      throws JsonProcessingException {
    assertThat(of(new TriggerAuth.Bearer(PLACE), Map.of(), body).branch())
        .isEqualTo(Optional.ofNullable(branch));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "github | push | {'ref':'refs/heads/main'} | starts",
        "github | push | {'ref':'refs/heads/other'} | the branch is other",
        "github | push | {'ref':'refs/tags/main'} | the branch is not said",
        "github | push | {'ref':'refs/heads/main','deleted':true} | the branch was deleted",
        "github | create | {'ref':'main'} | the event is create",
        "gitlab | Push Hook | {'object_kind':'push','ref':'refs/heads/main'} | starts",
        "gitlab | Push Hook | {'object_kind':'push','ref':'refs/heads/main','after':"
            + "'0000000000000000000000000000000000000000'} | the branch was deleted",
        "gitlab | Tag Push Hook | {'object_kind':'tag_push','ref':'refs/tags/x'} | the event is",
        "gitlab | Job Hook | {'object_kind':'build','ref':'main','tag':false} | the event is Job",
        "gitlab | System Hook | {'event_name':'push','ref':'refs/heads/main'} | starts",
        "gitlab | System Hook | {'event_name':'push','ref':'refs/heads/x'} | the branch is x",
        "bearer | | {'event':'push','branch':'main'} | starts",
        "bearer | | {'event':'push'} | the branch is not said",
        "bearer | | {} | the event is not said"
      })
  void aPushToMainStartsAndNothingElse(String who, String event, String body, String told)
      throws JsonProcessingException {
    TriggerAuth auth =
        switch (who) {
          case "github" -> new TriggerAuth.GitHub(PLACE);
          case "gitlab" -> new TriggerAuth.GitLabToken(PLACE);
          default -> new TriggerAuth.Bearer(PLACE);
        };
    String header = who.equals("github") ? "X-GitHub-Event" : "X-Gitlab-Event";
    Map<String, List<String>> headers = event == null ? Map.of() : Map.of(header, List.of(event));
    Trigger trigger =
        new Trigger(
            "t",
            new Subject(Subject.Kind.BACKUP, "b"),
            auth,
            new Trigger.When(Optional.of("push"), Optional.of("main"), new TreeMap<>()),
            new TreeMap<>(),
            Optional.empty());

    assertThat(of(auth, headers, body).filtered(trigger).orElse("starts")).startsWith(told);
  }

  @Test
  void aTagThatWasDeletedStartsNothing() throws JsonProcessingException {
    Trigger every =
        new Trigger(
            "t",
            new Subject(Subject.Kind.BACKUP, "b"),
            new TriggerAuth.GitHub(PLACE),
            Trigger.When.ALWAYS,
            new TreeMap<>(),
            Optional.empty());
    String body = "{'ref':'refs/tags/v1','deleted':true,'head_commit':null}";

    assertThat(of(every.auth(), Map.of(), body).filtered(every)).contains("the tag was deleted");
  }

  private static Occurrence of(TriggerAuth auth, Map<String, List<String>> headers, String body)
      throws JsonProcessingException {
    return Occurrence.of(
        auth,
        new Sent("POST", "/", "", headers, new byte[0]),
        Wire.mapper().readTree(body.replace('\'', '"')));
  }
}
