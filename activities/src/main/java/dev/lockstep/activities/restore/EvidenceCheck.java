package dev.lockstep.activities.restore;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Tells whether evidence is what a drill has written. */
public final class EvidenceCheck {
  private EvidenceCheck() {}

  /**
   * What is said of it.
   *
   * @param evidence empty: it could not be read
   * @param problems each with the field it is about; empty: it is valid
   */
  public record Result(Optional<Evidence> evidence, List<String> problems) {
    public Result {
      problems = List.copyOf(problems);
    }

    /** Whether it is signed, by the key that was asked for, and unchanged. */
    public boolean isValid() {
      return problems.isEmpty();
    }
  }

  /**
   * Verifies the signature, and whether the fields agree with one another.
   *
   * @param json the evidence
   * @param publicKey X.509 in PEM; empty: the key that the evidence names, which shows that nothing
   *     was changed, and not who wrote it
   */
  public static Result verify(byte[] json, Optional<String> publicKey) {
    Evidence evidence;
    try {
      JsonNode tree = Wire.mapper().readTree(json);
      if (tree.path("version").asInt() != Evidence.VERSION) {
        return unreadable(
            "version: it is "
                + tree.path("version")
                + ", and only "
                + Evidence.VERSION
                + " is known here");
      }
      evidence = Wire.read(tree, Evidence.class);
    } catch (IOException | IllegalArgumentException e) {
      return unreadable("it is no evidence of a drill: " + e.getMessage());
    }
    List<String> problems = new ArrayList<>(EvidenceFields.problems(evidence));
    evidence
        .signature()
        .ifPresentOrElse(
            signature -> problems.addAll(problems(evidence, signature, publicKey)),
            () -> problems.add("signature: it is not signed"));
    return new Result(Optional.of(evidence), problems);
  }

  private static List<String> problems(
      Evidence evidence, Evidence.Signature signature, Optional<String> wanted) {
    if (!signature.algorithm().equals(Ed25519Key.ALGORITHM)) {
      return List.of("signature.algorithm: it is not " + Ed25519Key.ALGORITHM);
    }
    PublicKey named;
    try {
      named = Ed25519Key.publicKey(Base64.getDecoder().decode(signature.publicKey()));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return List.of("signature.publicKey: it is no Ed25519 key");
    }
    Optional<String> other = wanted.flatMap(pem -> otherKey(named, pem));
    if (other.isPresent()) {
      return List.of(other.get());
    }
    byte[] value;
    try {
      value = Base64.getDecoder().decode(signature.value());
    } catch (IllegalArgumentException e) {
      return List.of("signature.value: it is no Base64");
    }
    return Ed25519Key.fits(named, SignedEvidence.signed(evidence), value)
        ? List.of()
        : List.of("signature.value: it does not fit, the evidence was changed after it was signed");
  }

  private static Optional<String> otherKey(PublicKey named, String pem) {
    try {
      return Arrays.equals(Ed25519Key.parsePublic(pem).getEncoded(), named.getEncoded())
          ? Optional.empty()
          : Optional.of("signature.publicKey: it was signed by another key");
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.of("the key to verify with is no Ed25519 public key in PEM (X.509)");
    }
  }

  private static Result unreadable(String why) {
    return new Result(Optional.empty(), List.of(why));
  }
}
