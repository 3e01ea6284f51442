package dev.lockstep.worker.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Notification.Event;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.definitions.yaml.Source;
import dev.lockstep.worker.watch.NewestBackups.Newest;
import dev.lockstep.workflows.contract.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RpoWatchTest {
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
  private static final String TEXT =
      """
      apiVersion: lockstep.dev/v1
      kind: Database
      metadata: {name: shop}
      spec: {engine: postgresql, connection: {url: "jdbc:postgresql://localhost:5432/shop"}}
      ---
      apiVersion: lockstep.dev/v1
      kind: Database
      metadata: {name: scratch}
      spec: {engine: postgresql, connection: {url: "jdbc:postgresql://localhost:5432/scratch"}}
      ---
      apiVersion: lockstep.dev/v1
      kind: Store
      metadata: {name: safe}
      spec: {filesystem: {path: /var/backups}}
      ---
      apiVersion: lockstep.dev/v1
      kind: Backup
      metadata: {name: nightly}
      spec: {database: shop, store: safe, method: portable}
      ---
      apiVersion: lockstep.dev/v1
      kind: Drill
      metadata: {name: weekly}
      spec: {of: nightly, into: {database: scratch}, objectives: {rpo: 10h}}
      ---
      apiVersion: lockstep.dev/v1
      kind: Notification
      metadata: {name: ops}
      spec: {to: {slack: {url: {env: SLACK_URL}}}}
      ---
      apiVersion: lockstep.dev/v1
      kind: Notification
      metadata: {name: others}
      spec: {on: [failed], to: {slack: {url: {env: SLACK_URL}}}}
      """;

  private final List<Notice> told = new ArrayList<>();
  private final List<String> said = new ArrayList<>();

  private RpoWatch watch(NewestBackups backups) {
    return new RpoWatch(
        () -> Definitions.load(List.of(Source.ofText("test.yaml", TEXT))),
        backups,
        (notice, them) -> {
          assertThat(them).extracting(one -> one.name()).containsExactly("ops");
          told.add(notice);
        },
        said::add);
  }

  private static NewestBackups old(Duration age) {
    return objective -> Optional.of(new Newest("20261127T000000Z", NOW.minus(age)));
  }

  @Test
  void theTextIsRight() {
    assertThat(Definitions.load(List.of(Source.ofText("test.yaml", TEXT))).problems()).isEmpty();
  }

  @Test
  void aBackupThatIsYoungEnoughIsNoNews() {
    watch(old(Duration.ofHours(8).minusSeconds(1))).look(NOW);

    assertThat(told).isEmpty();
    assertThat(said).isEmpty();
  }

  @Test
  void fourFifthsOfTheTimeAreToldOnce() {
    RpoWatch watch = watch(old(Duration.ofHours(8)));
    watch.look(NOW);
    watch.look(NOW.plusSeconds(60));

    assertThat(told).hasSize(1);
    Notice notice = told.get(0);
    assertThat(notice.id()).isEqualTo("backup/nightly/notice/at-risk-20261127T000000Z");
    assertThat(notice.event()).isEqualTo(Event.AT_RISK);
    assertThat(notice.message())
        .contains("20261127T000000Z", "2026-11-27T04:00:00Z", "10h", "2026-11-27T14:00:00Z");
  }

  @Test
  void noBackupAtAllIsTold() {
    watch(objective -> Optional.empty()).look(NOW);

    assertThat(told)
        .extracting(Notice::message)
        .containsExactly("there is no backup of nightly, whose rpo is 10h");
  }

  @Test
  void aStoreThatCannotBeReadIsSaidOnceAndLookedAtAgain() {
    List<Integer> looks = new ArrayList<>();
    RpoWatch watch =
        watch(
            objective -> {
              looks.add(1);
              if (looks.size() < 3) {
                throw new IllegalStateException("away");
              }
              return Optional.empty();
            });
    watch.look(NOW);
    watch.look(NOW);
    watch.look(NOW);

    assertThat(said).containsExactly("the age of backup nightly is not known: away");
    assertThat(told).hasSize(1);
  }
}
