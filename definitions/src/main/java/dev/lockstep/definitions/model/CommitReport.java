package dev.lockstep.definitions.model;

/**
 * Where the state of a run is told beside the commit whose delivery started it.
 *
 * @param token may set statuses of commits
 * @param api base address of the service's interface, without a slash at the end
 */
public record CommitReport(Service service, SecretReference token, String api) {
  /** The services that show states beside commits. */
  public enum Service {
    /** GitHub, or a server of it. */
    GITHUB("https://api.github.com"),
    /** GitLab, or a server of it. */
    GITLAB("https://gitlab.com/api/v4");

    private final String publicApi;

    Service(String publicApi) {
      this.publicApi = publicApi;
    }

    /** Address of the public one. */
    public String publicApi() {
      return publicApi;
    }
  }
}
