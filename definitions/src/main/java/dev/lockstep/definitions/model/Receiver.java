package dev.lockstep.definitions.model;

import java.util.List;
import java.util.Optional;

/** Where notifications go. The address of a hook is a secret: who has it can write there. */
public sealed interface Receiver {
  /** Calls the method of {@code visitor} that fits this kind. */
  <R> R accept(Visitor<R> visitor);

  /** An incoming webhook of Slack, or of what understands the same. */
  record Slack(SecretReference url) implements Receiver {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.slack(this);
    }
  }

  /** A workflow of Teams that begins when a webhook request is received. */
  record Teams(SecretReference url) implements Receiver {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.teams(this);
    }
  }

  /**
   * Anybody who takes JSON.
   *
   * @param signature absent: not signed
   */
  record Webhook(SecretReference url, Optional<Signature> signature) implements Receiver {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.webhook(this);
    }
  }

  /**
   * HMAC-SHA256 over the time, a dot and the body, which a {@link TriggerAuth.Hmac} understands.
   *
   * @param header that gets it as {@code sha256=} and hexadecimal digits
   * @param timestampHeader that gets the time in seconds since 1970
   */
  record Signature(String header, String timestampHeader, SecretReference secret) {
    /** The header of the signature where none is named. */
    public static final String USUAL_HEADER = "X-Lockstep-Signature";

    /** The header of the time where none is named. */
    public static final String USUAL_TIMESTAMP_HEADER = "X-Lockstep-Timestamp";
  }

  /**
   * Anybody who takes CloudEvents over HTTP, in the structured mode.
   *
   * @param source of the events, a URI reference
   */
  record CloudEvents(SecretReference url, String source) implements Receiver {
    /** The source where none is named. */
    public static final String USUAL_SOURCE = "/lockstep";

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.cloudEvents(this);
    }
  }

  /**
   * A mail server.
   *
   * @param login absent: nobody in particular
   */
  record Email(MailServer server, String from, List<String> to, Optional<MailLogin> login)
      implements Receiver {
    public Email {
      to = List.copyOf(to);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.email(this);
    }
  }

  /** Where mail is handed in. */
  record MailServer(String host, int port, Tls tls) {
    /** The port for handing in mail. */
    public static final int USUAL_PORT = 587;
  }

  /** How the connection to a mail server is encrypted. */
  enum Tls {
    /** It becomes so before anything is said; a server that cannot is refused. */
    START_TLS,
    /** From its first byte. */
    IMPLICIT,
    /** Not at all. */
    NONE
  }

  /** Who hands in mail. */
  record MailLogin(SecretReference username, SecretReference password) {}

  /** One answer for each kind. */
  interface Visitor<R> {
    /** Answers for Slack. */
    R slack(Slack slack);

    /** Answers for Teams. */
    R teams(Teams teams);

    /** Answers for any webhook. */
    R webhook(Webhook webhook);

    /** Answers for CloudEvents. */
    R cloudEvents(CloudEvents events);

    /** Answers for mail. */
    R email(Email email);
  }
}
