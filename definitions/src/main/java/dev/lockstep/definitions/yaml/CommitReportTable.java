package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.CommitReport;
import dev.lockstep.definitions.model.CommitReport.Service;
import dev.lockstep.definitions.model.SecretReference;
import java.util.Optional;

/** Where the state of a run is told beside a commit. */
final class CommitReportTable {
  private CommitReportTable() {}

  static Shape<CommitReport> report() {
    ObjectShape.Builder<CommitReport> of =
        ObjectShape.of(
            "CommitReport",
            "Where the state of the run is told beside the commit of the delivery.");
    Field<CommitReport, CommitReport> gitHub =
        of.optional(
            "github",
            service("GitHubReport", "Commit statuses of GitHub.", Service.GITHUB),
            report -> only(report, Service.GITHUB));
    Field<CommitReport, CommitReport> gitLab =
        of.optional(
            "gitlab",
            service("GitLabReport", "Commit statuses of GitLab.", Service.GITLAB),
            report -> only(report, Service.GITLAB));
    return of.forms(Forms.oneOf("github", "gitlab"))
        .quiet()
        .made(in -> in.maybe(gitHub).or(() -> in.maybe(gitLab)).orElseThrow());
  }

  private static Optional<CommitReport> only(CommitReport report, Service service) {
    return Optional.of(report).filter(it -> it.service() == service);
  }

  private static Shape<CommitReport> service(String part, String description, Service service) {
    ObjectShape.Builder<CommitReport> of = ObjectShape.of(part, description);
    Field<CommitReport, SecretReference> token =
        of.required("token", SecretReferenceTable.reference(), CommitReport::token);
    Field<CommitReport, String> api =
        of.defaulting(
            "api",
            TextShape.of("the address of the API, such as " + service.publicApi())
                .described("Base address of the API; of a server of your own, another one."),
            service.publicApi(),
            CommitReport::api);
    return of.quiet().made(in -> new CommitReport(service, in.the(token), in.the(api)));
  }
}
