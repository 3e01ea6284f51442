package dev.lockstep.activities.backup;

import dev.lockstep.activities.storage.AwsLogin;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.WrappingKey;
import dev.lockstep.workflows.fault.FaultCode;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * Opens the keys of a store by what its definition says. Secrets are read when a key is opened; no
 * service is asked before the key is used.
 *
 * @param store name of the store, for messages
 */
record WrappingKeys(KeySource secrets, String store) implements WrappingKey.Visitor<KeyWrapper> {
  /** Of one request; the engine then asks again, within the limits of the step. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration CONNECT = Duration.ofSeconds(4);

  @Override
  public KeyWrapper keyset(SecretReference keyset) {
    String place = keyset.accept(new Named());
    try {
      return Keysets.read(secrets.read(keyset), place);
    } catch (GeneralSecurityException e) {
      // Its message may quote what was read.
      throw Damage.failure(
          FaultCode.KEY_WRONG,
          "what is in %s, the key of store %s, is no Tink keyset for authenticated encryption."
              .formatted(place, store));
    }
  }

  @Override
  public KeyWrapper awsKms(WrappingKey.AwsKms key) {
    return AwsKmsKey.open(key, AwsLogin.of(key.keys(), secrets::read), store);
  }

  @Override
  public KeyWrapper transit(WrappingKey.Transit key) {
    KeyTrouble trouble = new KeyTrouble(store, TransitKey.name(key));
    HttpClient.Builder http =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1);
    key.ca().ifPresent(ca -> http.sslContext(trusting(ca)));
    TransitClient client =
        new TransitClient(
            key,
            secrets.read(key.token()),
            new TransitClient.Access(http.build(), PATIENCE),
            trouble);
    return new TransitKey(key, client, trouble);
  }

  private SSLContext trusting(SecretReference ca) {
    try {
      return Trust.in(secrets.read(ca));
    } catch (GeneralSecurityException e) {
      // What was read may be a secret that was meant for another place.
      throw Damage.failure(
          FaultCode.KEY_WRONG,
          "what is in %s, the ca of the key of store %s, is no certificate in PEM."
              .formatted(ca.accept(new Named()), store));
    }
  }

  private record Named() implements SecretReference.Visitor<String> {
    @Override
    public String variable(SecretReference.Variable variable) {
      return "the variable " + variable.name();
    }

    @Override
    public String file(SecretReference.File file) {
      return "the file " + file.path();
    }

    @Override
    public String key(SecretReference.Key key) {
      return "%s of Secret %s/%s".formatted(key.key(), key.namespace(), key.name());
    }
  }
}
