package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.TriggerAuth;
import dev.lockstep.definitions.model.TriggerAuth.Bearer;
import dev.lockstep.definitions.model.TriggerAuth.GitHub;
import dev.lockstep.definitions.model.TriggerAuth.GitLabSigned;
import dev.lockstep.definitions.model.TriggerAuth.GitLabToken;
import dev.lockstep.definitions.model.TriggerAuth.Hmac;
import java.util.Optional;
import java.util.function.Function;

/** The fields that say how a delivery proves where it comes from. No message repeats a value. */
final class TriggerAuthTable {
  private TriggerAuthTable() {}

  static Shape<TriggerAuth> auth() {
    ObjectShape.Builder<TriggerAuth> of =
        ObjectShape.of("TriggerAuth", "How a delivery proves where it comes from.");
    Field<TriggerAuth, GitHub> gitHub = of.optional("github", gitHub(), Narrowing.to(GitHub.class));
    Field<TriggerAuth, TriggerAuth> gitLab =
        of.optional("gitlab", gitLab(), TriggerAuthTable::gitLabPart);
    Field<TriggerAuth, Hmac> hmac = of.optional("hmac", hmac(), Narrowing.to(Hmac.class));
    Field<TriggerAuth, Bearer> bearer = of.optional("bearer", bearer(), Narrowing.to(Bearer.class));
    return of.forms(Forms.oneOf("github", "gitlab", "hmac", "bearer"))
        .quiet()
        .made(
            in ->
                in.maybe(gitHub)
                    .<TriggerAuth>map(found -> found)
                    .or(() -> in.maybe(gitLab))
                    .or(() -> in.maybe(hmac))
                    .or(() -> in.maybe(bearer))
                    .orElseThrow());
  }

  private static Optional<TriggerAuth> gitLabPart(TriggerAuth auth) {
    return Optional.of(auth)
        .filter(any -> any instanceof GitLabToken || any instanceof GitLabSigned);
  }

  private static Shape<GitHub> gitHub() {
    return one("TriggerGitHub", "A webhook of GitHub.", "secret", GitHub::new, GitHub::secret);
  }

  private static Shape<Bearer> bearer() {
    return one(
        "TriggerBearer",
        "Anybody who has the token; use it only where the connection is encrypted.",
        "token",
        Bearer::new,
        Bearer::token);
  }

  private static <A> Shape<A> one(
      String part,
      String description,
      String field,
      Function<SecretReference, A> whole,
      Function<A, SecretReference> value) {
    ObjectShape.Builder<A> of = ObjectShape.of(part, description);
    Field<A, SecretReference> secret = of.required(field, SecretReferenceTable.reference(), value);
    return of.quiet().made(in -> whole.apply(in.the(secret)));
  }

  private static Shape<TriggerAuth> gitLab() {
    ObjectShape.Builder<TriggerAuth> of =
        ObjectShape.of("TriggerGitLab", "A webhook of GitLab, by one of its two tokens.");
    Field<TriggerAuth, GitLabToken> token =
        of.optional(
            "token",
            new ConvertedShape<>(
                    SecretReferenceTable.reference(), GitLabToken::new, GitLabToken::token)
                .described("The secret token, which GitLab sends in X-Gitlab-Token."),
            Narrowing.to(GitLabToken.class));
    Field<TriggerAuth, GitLabSigned> signing =
        of.optional(
            "signingToken",
            new ConvertedShape<>(
                    SecretReferenceTable.reference(), GitLabSigned::new, GitLabSigned::signingToken)
                .described("The signing token, with which GitLab signs id, time and body."),
            Narrowing.to(GitLabSigned.class));
    return of.forms(Forms.oneOf("token", "signingToken"))
        .quiet()
        .made(
            in ->
                in.maybe(token)
                    .<TriggerAuth>map(found -> found)
                    .or(() -> in.maybe(signing))
                    .orElseThrow());
  }

  private static Shape<Hmac> hmac() {
    ObjectShape.Builder<Hmac> of =
        ObjectShape.of(
            "TriggerHmac", "A signature over the time, a dot and the body, by HMAC-SHA256.");
    Field<Hmac, String> header =
        of.required(
            "header",
            Texts.header()
                .described("Holds the signature in hexadecimal digits, or sha256= and them."),
            Hmac::header);
    Field<Hmac, SecretReference> secret =
        of.required("secret", SecretReferenceTable.reference(), Hmac::secret);
    Field<Hmac, String> timestampHeader =
        of.required(
            "timestampHeader",
            Texts.header().described("Holds the time of sending in seconds since 1970, UTC."),
            Hmac::timestampHeader);
    return of.quiet().made(in -> new Hmac(in.the(header), in.the(secret), in.the(timestampHeader)));
  }
}
