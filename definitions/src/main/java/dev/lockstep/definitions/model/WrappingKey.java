package dev.lockstep.definitions.model;

import dev.lockstep.definitions.model.StorePlace.AccessKeys;
import java.util.Optional;

/** What wraps the data keys of backups: the keyset that a secret holds, or a key of a service. */
public sealed interface WrappingKey
    permits SecretReference, WrappingKey.AwsKms, WrappingKey.Transit {
  /** Calls the method of {@code visitor} that fits this form. */
  <R> R accept(Visitor<R> visitor);

  /**
   * A symmetric key of AWS KMS, which never leaves it.
   *
   * @param keyId id or ARN of the key, or {@code alias/NAME} or the ARN of an alias
   * @param endpoint address of the service; absent: that of AWS for the region
   * @param keys absent: the chain of the client library (environment, profile, role of the pod)
   */
  record AwsKms(String keyId, String region, Optional<String> endpoint, Optional<AccessKeys> keys)
      implements WrappingKey {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.awsKms(this);
    }
  }

  /**
   * A key of the transit engine of HashiCorp Vault or OpenBao, which never leaves it.
   *
   * @param address of the server, such as {@code https://vault:8200}
   * @param mount path of the engine, without slashes around it
   * @param key its name
   * @param namespace absent: the root
   * @param ca certificates in PEM, one of which signs that of the server; absent: those that Java
   *     trusts
   */
  record Transit(
      String address,
      String mount,
      String key,
      SecretReference token,
      Optional<String> namespace,
      Optional<SecretReference> ca)
      implements WrappingKey {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.transit(this);
    }
  }

  /** One answer for each form. */
  interface Visitor<R> {
    /** Answers for a Tink keyset in JSON for authenticated encryption. */
    R keyset(SecretReference keyset);

    /** Answers for AWS KMS. */
    R awsKms(AwsKms key);

    /** Answers for Vault and OpenBao. */
    R transit(Transit key);
  }
}
