package dev.lockstep.definitions.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Proves that a backup restores: into a throw-away place, with checks, measured against objectives.
 *
 * @param backup name of a {@link Backup}
 * @param rto how long the restore may take at most; absent: nobody said
 * @param rpo how old the restored data may be at most; absent: nobody said
 * @param signingKey an Ed25519 key in PEM (PKCS #8) that signs the evidence; absent: not signed
 */
public record Drill(
    String name,
    String backup,
    Which which,
    DrillPlace into,
    List<Restore.Check> checks,
    Optional<Duration> rto,
    Optional<Duration> rpo,
    Optional<SecretReference> signingKey)
    implements Definition {
  public Drill {
    checks = List.copyOf(checks);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.drill(this);
  }
}
