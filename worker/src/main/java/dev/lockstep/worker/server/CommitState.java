package dev.lockstep.worker.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.model.CommitReport;

/**
 * What is told beside a commit.
 *
 * @param message one sentence for people
 */
record CommitState(Kind kind, String message) {
  /** GitHub takes no more. */
  private static final int LONGEST_MESSAGE = 140;

  enum Kind {
    /** Its run is under way. */
    PENDING("pending", "running"),
    /** It did what it was to do. */
    SUCCESS("success", "success"),
    /** It did not. */
    FAILURE("failure", "failed");

    private final String gitHub;
    private final String gitLab;

    Kind(String gitHub, String gitLab) {
      this.gitHub = gitHub;
      this.gitLab = gitLab;
    }
  }

  boolean isFinal() {
    return kind != Kind.PENDING;
  }

  /** Where it is sent, below the service's base address. */
  static String path(CommitReport.Service service, Delivery.Commit commit) {
    return switch (service) {
      case GITHUB -> "/repos/" + commit.repository() + "/statuses/" + commit.sha();
      case GITLAB -> "/projects/" + commit.repository() + "/statuses/" + commit.sha();
    };
  }

  /**
   * The request's body.
   *
   * @param name under which it is shown
   * @param link to the run
   * @see <a href="https://docs.github.com/en/rest/commits/statuses">GitHub: commit statuses</a>
   * @see <a href="https://docs.gitlab.com/api/commits/">GitLab: commit status</a>
   */
  ObjectNode body(CommitReport.Service service, String name, String link) {
    boolean gitHub = service == CommitReport.Service.GITHUB;
    return Answer.object()
        .put("state", gitHub ? kind.gitHub : kind.gitLab)
        .put(gitHub ? "context" : "name", name)
        .put("target_url", link)
        .put("description", shortened());
  }

  private String shortened() {
    return message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE - 1) + "…";
  }
}
