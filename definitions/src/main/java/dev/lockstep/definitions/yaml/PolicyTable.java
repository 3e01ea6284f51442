package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.check.LimitChecks;
import dev.lockstep.definitions.model.ContractPolicy;
import dev.lockstep.definitions.model.ContractPolicy.Approval;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Migration.Allowance;
import dev.lockstep.definitions.model.Rate;
import java.time.Duration;

/** The fields that say how a migration runs. */
final class PolicyTable {
  private PolicyTable() {}

  static Shape<ContractPolicy> contract() {
    ObjectShape.Builder<ContractPolicy> of =
        ObjectShape.of("Contract", "What must hold before old names go.");
    Field<ContractPolicy, Approval> approval =
        of.defaulting(
            "approval",
            WordShape.of(Approval.class)
                .described("Whether somebody must approve the gate named contract."),
            ContractPolicy.DEFAULT.approval(),
            ContractPolicy::approval);
    Field<ContractPolicy, Duration> window =
        of.defaulting(
            "revertWindow",
            ParsedShape.duration()
                .described("How long what is hidden is kept before it is dropped."),
            ContractPolicy.DEFAULT.revertWindow(),
            ContractPolicy::revertWindow);
    Field<ContractPolicy, String> clients =
        of.optional("oldClients", oldClients(), ContractPolicy::oldApplicationName);
    return of.made(in -> new ContractPolicy(in.the(approval), in.the(window), in.maybe(clients)));
  }

  private static Shape<String> oldClients() {
    ObjectShape.Builder<String> of =
        ObjectShape.of("OldClients", "How sessions of the old application are told.");
    Field<String, String> pattern =
        of.required(
            "applicationName",
            TextShape.of("a LIKE pattern such as \"shop-web/1%\"")
                .described(
                    "LIKE pattern of application_name; while a session matches, contract waits."),
            text -> text);
    return of.made(in -> in.the(pattern));
  }

  static Shape<Limits> limits() {
    ObjectShape.Builder<Limits> of =
        ObjectShape.of("Limits", "How much a run may take from the clients.");
    Field<Limits, Duration> lock =
        of.defaulting(
            "lockTimeout",
            ParsedShape.duration().described("The longest wait for one lock."),
            Limits.DEFAULT.lockTimeout(),
            Limits::lockTimeout);
    Field<Limits, Duration> batch =
        of.defaulting(
            "batchDuration",
            ParsedShape.duration().described("The time that one backfill transaction aims at."),
            Limits.DEFAULT.batchDuration(),
            Limits::batchDuration);
    Field<Limits, Rate> rows =
        of.optional(
            "maxRowsPerSecond",
            ParsedShape.rate().described("Of one backfill, all its ranges together."),
            Limits::maxRowsPerSecond);
    Field<Limits, Duration> lag =
        of.optional(
            "maxReplicaLag",
            ParsedShape.duration()
                .described("The backfill waits while a replica is further behind."),
            Limits::maxReplicaLag);
    Field<Limits, Integer> parallelism =
        of.defaulting(
            "parallelism",
            new NumberShape(1, LimitChecks.MOST_PARALLELISM)
                .described("Ranges of one backfill at a time."),
            Limits.DEFAULT.parallelism(),
            Limits::parallelism);
    return of.made(
        in ->
            new Limits(
                in.the(lock), in.the(batch), in.maybe(rows), in.maybe(lag), in.the(parallelism)));
  }

  static Shape<Allowance> allowance() {
    ObjectShape.Builder<Allowance> of = ObjectShape.of("Allowance", "A hazard that is accepted.");
    Field<Allowance, String> code =
        of.required(
            "code",
            TextShape.of("the code of a hazard, as the plan shows it")
                .described("Code of the hazard, as the plan shows it."),
            Allowance::code);
    Field<Allowance, String> reason =
        of.required(
            "reason",
            TextShape.of("a sentence").described("Why it is acceptable here."),
            Allowance::reason);
    return of.made(in -> new Allowance(in.the(code), in.the(reason)));
  }
}
