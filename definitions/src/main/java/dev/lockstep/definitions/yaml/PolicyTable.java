package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.ContractPolicy;
import dev.lockstep.definitions.model.ContractPolicy.Approval;
import dev.lockstep.definitions.model.Migration.Allowance;
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
