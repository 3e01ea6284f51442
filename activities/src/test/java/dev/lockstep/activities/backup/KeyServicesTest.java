package dev.lockstep.activities.backup;

import static dev.lockstep.activities.backup.Faulty.fault;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.StorePlace.AccessKeys;
import dev.lockstep.definitions.model.WrappingKey;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.workflows.fault.FaultCode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Backups whose data keys are wrapped by services, and how they move from one to another. */
final class KeyServicesTest {
  private static final WrappingKey KEYSET = new SecretReference.Variable("BACKUP_KEY");
  private static final List<String> IDS = List.of("20261101T020000Z", "20261102T020000Z");

  private final FakeAwsKms aws = new FakeAwsKms();
  private final FakeTransit vault = new FakeTransit();
  private final FakeTransit otherVault = new FakeTransit();
  private final BackupFixture fixture = BackupFixture.encrypted();

  @AfterEach
  void close() {
    aws.close();
    vault.close();
    otherVault.close();
  }

  @Test
  void backupsMoveFromAKeysetThroughEveryServiceAndBack() {
    vault.make("backups");
    otherVault.make("backups");
    takeAll();
    moveTo(aws(aws.make()));
    moveTo(aws(aws.make()));
    moveTo(transit(vault));
    // Of the same name and version as the key before.
    moveTo(transit(otherVault));
    moveTo(KEYSET);
  }

  @Test
  void withoutThePreviousKeyOneSentenceNamesBoth() {
    takeAll();
    String arn = aws.make();
    use(aws(arn));
    fault(FaultCode.KEY_WRONG, () -> fixture.readBack(IDS.get(0)))
        .contains("cannot be opened: it needs the key ", "the store has the key " + arn);
    use(KEYSET);
    IDS.forEach(fixture::readBack);
  }

  @Test
  void anAliasThatLeadsToAnotherKeyIsSaid() {
    String first = aws.make();
    aws.alias("alias/backups", first);
    use(aws("alias/backups"));
    takeAll();
    aws.alias("alias/backups", aws.make());
    fault(FaultCode.KEY_WRONG, () -> fixture.readBack(IDS.get(0)))
        .contains("it needs the key " + first, "alias/backups");
    fixture.previousKey = Optional.of(aws(first));
    assertThat(rewrapped()).isEqualTo(2);
    fixture.previousKey = Optional.empty();
    IDS.forEach(fixture::readBack);
  }

  @Test
  void aNewVersionInTheServiceIsTakenByRewrapping() throws Exception {
    vault.make("backups");
    use(transit(vault));
    takeAll();
    assertThat(rewrapped()).isZero();
    HttpRequest rotation =
        HttpRequest.newBuilder(
                URI.create(vault.server.address() + "/v1/transit/keys/backups/rotate"))
            .header("X-Vault-Token", "testbed-root")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    HttpClient.newHttpClient().send(rotation, HttpResponse.BodyHandlers.discarding());
    IDS.forEach(fixture::readBack);
    assertThat(rewrapped()).isEqualTo(2);
    assertThat(rewrapped()).isZero();
  }

  @Test
  void aKeyThatDoesNotBindIsRefusedBeforeAnythingIsWritten() {
    vault.make("backups");
    vault.binds = false;
    use(transit(vault));
    fault(FaultCode.KEY_WRONG, this::preflight).contains("opens for any backup");
    assertThat(fixture.store.keys()).isEmpty();
  }

  @Test
  void aServiceThatRefusesIsSaidBeforeAnythingIsWritten() {
    use(transit(vault));
    fault(FaultCode.KEY_WRONG, this::preflight)
        .contains("store safe cannot use the key transit/backups of Vault at ", "there is no such")
        .doesNotContain(KeyServiceContract.SECRET);
    assertThat(fixture.store.keys()).isEmpty();
    assertThat(fixture.engine.begun()).isZero();
  }

  @Test
  void aServiceThatIsAwayIsNamed() {
    vault.make("backups");
    use(transit(vault));
    vault.close();
    fixture.engine.part("a.sql", () -> Rows.of(10));
    String why = "store safe does not reach the key transit/backups";
    fault(FaultCode.SERVER_UNREACHABLE, this::preflight).contains(why);
    fault(FaultCode.SERVER_UNREACHABLE, () -> fixture.take(BackupFixture.ID)).contains(why);
    assertThat(fixture.store.keys()).isEmpty();
  }

  @Test
  void aBackupAsksTheServiceOnceAndAListOnceForEachThatWasVerified() {
    vault.make("backups");
    use(transit(vault));
    fixture.engine.part("a.sql", () -> Rows.of(1000));
    fixture.take(IDS.get(0));
    assertThat(vault.server.asked()).isEqualTo(1);
    fixture.readBack(IDS.get(0));
    assertThat(vault.server.asked()).isEqualTo(2);
    fixture.take(IDS.get(1));
    fixture.readBack(IDS.get(1));
    int before = vault.server.asked();
    try (Vault opened = fixture.vault()) {
      opened.catalogue(BackupFixture.NAME).list();
      opened.catalogue(BackupFixture.NAME).findVerified();
    }
    assertThat(vault.server.asked()).isEqualTo(before + 2);
  }

  private void preflight() {
    fixture
        .activities()
        .preflight(fixture.scope, new BackupStep.Preflight(fixture.copy(BackupFixture.ID)));
  }

  private void takeAll() {
    fixture.engine.part("a.sql", () -> Rows.of(1000));
    IDS.forEach(fixture::take);
  }

  private void use(WrappingKey key) {
    fixture.key = Optional.of(key);
  }

  private int rewrapped() {
    try (Vault opened = fixture.vault()) {
      return opened.rotation().rewrap(BackupFixture.NAME);
    }
  }

  private void moveTo(WrappingKey next) {
    fixture.previousKey = fixture.key;
    use(next);
    IDS.forEach(fixture::readBack);
    assertThat(rewrapped()).isEqualTo(2);
    assertThat(rewrapped()).isZero();
    fixture.previousKey = Optional.empty();
    IDS.forEach(fixture::readBack);
  }

  private WrappingKey aws(String keyId) {
    return new WrappingKey.AwsKms(
        keyId,
        "eu-west-3",
        Optional.of(aws.server.address()),
        Optional.of(
            new AccessKeys(
                new SecretReference.Variable("testbed"), new SecretReference.Variable("SECRET"))));
  }

  private static WrappingKey transit(FakeTransit service) {
    return new WrappingKey.Transit(
        service.server.address(),
        "transit",
        "backups",
        new SecretReference.Variable("testbed-backups"),
        Optional.empty(),
        Optional.empty());
  }
}
