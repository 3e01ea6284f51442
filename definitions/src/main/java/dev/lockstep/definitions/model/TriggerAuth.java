package dev.lockstep.definitions.model;

/** How a delivery proves that it comes from whom it should. */
public sealed interface TriggerAuth {
  /** Calls the method of {@code visitor} that fits this kind. */
  <R> R accept(Visitor<R> visitor);

  /** The signature of GitHub: HMAC-SHA256 of the body. */
  record GitHub(SecretReference secret) implements TriggerAuth {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.gitHub(this);
    }
  }

  /** The secret token of GitLab, which is sent with each delivery. */
  record GitLabToken(SecretReference token) implements TriggerAuth {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.gitLabToken(this);
    }
  }

  /** The signing token of GitLab: HMAC-SHA256 of id, time and body. */
  record GitLabSigned(SecretReference signingToken) implements TriggerAuth {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.gitLabSigned(this);
    }
  }

  /**
   * HMAC-SHA256 of time, a dot and the body, from anybody.
   *
   * @param header that holds the signature in hexadecimal digits, with or without {@code sha256=}
   * @param timestampHeader that holds the time in seconds since 1970
   */
  record Hmac(String header, SecretReference secret, String timestampHeader)
      implements TriggerAuth {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.hmac(this);
    }
  }

  /** A token in the header {@code Authorization}. */
  record Bearer(SecretReference token) implements TriggerAuth {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.bearer(this);
    }
  }

  /** One answer for each kind. */
  interface Visitor<R> {
    /** Answers for a signature of GitHub. */
    R gitHub(GitHub auth);

    /** Answers for a secret token of GitLab. */
    R gitLabToken(GitLabToken auth);

    /** Answers for a signing token of GitLab. */
    R gitLabSigned(GitLabSigned auth);

    /** Answers for a signature with a time. */
    R hmac(Hmac auth);

    /** Answers for a token. */
    R bearer(Bearer auth);
  }
}
