package dev.lockstep.activities.backup;

import static dev.lockstep.activities.backup.Faulty.fault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.WrappingKey;
import dev.lockstep.workflows.fault.FaultCode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;

/** What a key of a service does, be it the service itself or one that was written for tests. */
abstract class KeyServiceContract {
  /** Whatever a login is made of; never to be seen in a message. */
  static final String SECRET = "hunter2-of-the-service";

  private static final Layout ONE = new Layout("shop-nightly", "20261101T020000Z");
  private static final Layout OTHER = new Layout("shop-nightly", "20261102T020000Z");
  private static final byte[] KEY = "the key of a backup".getBytes(StandardCharsets.UTF_8);

  /** A new key that can be used. */
  protected abstract WrappingKey newKey();

  /** A key that is there and cannot do this. */
  protected abstract WrappingKey unfitKey();

  /** One that is not there. */
  protected abstract WrappingKey noKey();

  /** The same key, for somebody who may not use it. */
  protected abstract WrappingKey forbidden(WrappingKey key);

  /** The same key of a service that is not there. */
  protected abstract WrappingKey away(WrappingKey key);

  /** Takes a key away from everybody. */
  protected abstract void withdraw(WrappingKey key);

  /** Reads the secrets of such keys. */
  protected abstract String secret(SecretReference reference);

  @Test
  void whatItWrappedForABackupOpensForThatOneAlone() throws GeneralSecurityException {
    try (KeyWrapper key = open(newKey())) {
      WrappedKey wrapped = key.wrap(KEY, ONE);
      assertThat(key.mayOpen(wrapped.wrappedBy())).isTrue();
      assertThat(key.unwrap(wrapped, ONE)).isEqualTo(KEY);
      assertThatThrownBy(() -> key.unwrap(wrapped, OTHER))
          .isInstanceOf(GeneralSecurityException.class);
    }
  }

  @Test
  void whatWasChangedDoesNotOpen() throws GeneralSecurityException {
    try (KeyWrapper key = open(newKey())) {
      WrappedKey wrapped = key.wrap(KEY, ONE);
      assertThat(new String(wrapped.wrapped(), StandardCharsets.ISO_8859_1))
          .doesNotContain(new String(KEY, StandardCharsets.ISO_8859_1));
      byte[] bytes = wrapped.wrapped();
      int inside = bytes.length - 8;
      bytes[inside] = (byte) (bytes[inside] == 'A' ? 'B' : 'A');
      assertThatThrownBy(() -> key.unwrap(WrappedKey.of(wrapped.wrappedBy(), bytes), ONE))
          .isInstanceOf(GeneralSecurityException.class);
    }
  }

  @Test
  void anotherKeyDoesNotOpenIt() throws GeneralSecurityException {
    try (KeyWrapper key = open(newKey());
        KeyWrapper other = open(newKey())) {
      WrappedKey wrapped = key.wrap(KEY, ONE);
      assertThat(other.mayOpen(wrapped.wrappedBy())).isFalse();
      assertThatThrownBy(() -> other.unwrap(wrapped, ONE))
          .isInstanceOf(GeneralSecurityException.class);
    }
  }

  @Test
  void aKeyThatIsNotThereIsWrong() {
    wrong(noKey()).contains("store safe cannot use the key ", "there is no such key");
  }

  @Test
  void aKeyOfAnotherTypeIsWrong() {
    wrong(unfitKey()).contains("store safe cannot use the key ");
  }

  @Test
  void aKeyThatWasTakenAwayIsWrong() throws GeneralSecurityException {
    WrappingKey definition = newKey();
    try (KeyWrapper key = open(definition)) {
      WrappedKey wrapped = key.wrap(KEY, ONE);
      withdraw(definition);
      wrong(definition).contains("store safe cannot use " + key.describe());
      fault(FaultCode.KEY_WRONG, () -> key.unwrap(wrapped, ONE)).contains("store safe cannot use");
    }
  }

  @Test
  void whoMayNotUseItIsToldSo() throws GeneralSecurityException {
    WrappingKey definition = newKey();
    WrappedKey wrapped;
    try (KeyWrapper key = open(definition)) {
      wrapped = key.wrap(KEY, ONE);
    }
    wrong(forbidden(definition)).contains("allow ").doesNotContain(SECRET);
    try (KeyWrapper key = open(forbidden(definition))) {
      fault(FaultCode.KEY_WRONG, () -> key.unwrap(wrapped, ONE)).contains("allow ");
    }
  }

  @Test
  void aServiceThatIsAwayIsUnreachable() throws GeneralSecurityException {
    WrappingKey definition = newKey();
    try (KeyWrapper key = open(away(definition))) {
      fault(FaultCode.SERVER_UNREACHABLE, () -> key.wrap(KEY, ONE))
          .isEqualTo("store safe does not reach " + key.describe() + ": no answer.");
    }
  }

  final KeyWrapper open(WrappingKey key) {
    return key.accept(new WrappingKeys(this::secret, "safe"));
  }

  private AbstractStringAssert<?> wrong(WrappingKey definition) {
    try (KeyWrapper key = open(definition)) {
      return fault(FaultCode.KEY_WRONG, () -> key.wrap(KEY, ONE));
    }
  }
}
