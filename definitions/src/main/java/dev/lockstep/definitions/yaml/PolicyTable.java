package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.ContractPolicy;
import dev.lockstep.definitions.model.ContractPolicy.Approval;
import dev.lockstep.definitions.model.Migration.Allowance;
import dev.lockstep.definitions.model.OldClients;
import dev.lockstep.definitions.model.OldClients.ConnectedBefore;
import dev.lockstep.definitions.model.Trial;
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
    Field<ContractPolicy, OldClients> clients =
        of.optional("oldClients", oldClients(), ContractPolicy::oldClients);
    Field<ContractPolicy, Trial> trial =
        of.optional("trial", TrialTable.trial(), ContractPolicy::trial);
    return of.made(
        in ->
            ContractPolicy.of(in.the(approval), in.the(window), in.maybe(clients))
                .with(in.maybe(trial)));
  }

  private static Shape<OldClients> oldClients() {
    ObjectShape.Builder<OldClients> of =
        ObjectShape.of(
            "OldClients",
            "How sessions of the old application are told: by at least one of these, and by all"
                + " that are given. While there is such a session, contract waits.");
    Field<OldClients, String> name =
        of.optional(
            "applicationName",
            TextShape.of("a LIKE pattern such as \"shop-web/1%\"")
                .described("LIKE pattern of application_name."),
            OldClients::applicationName);
    Field<OldClients, String> user =
        of.optional(
            "user",
            TextShape.of("a LIKE pattern such as \"shop\"")
                .described("LIKE pattern of the name of the session's role."),
            OldClients::user);
    Field<OldClients, ConnectedBefore> before =
        of.optional(
            "connectedBefore",
            WordShape.of(ConnectedBefore.class)
                .described(
                    "What the session is older than: the start or the end of the migration's last"
                        + " rollout. Sessions of new pods may be older than its end."),
            OldClients::connectedBefore);
    return of.notEmpty()
        .made(in -> new OldClients(in.maybe(name), in.maybe(user), in.maybe(before)));
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
