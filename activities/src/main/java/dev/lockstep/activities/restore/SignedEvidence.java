package dev.lockstep.activities.restore;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lockstep.workflows.wire.Wire;
import java.util.Base64;
import java.util.Optional;

/** The bytes of evidence, and what of them is signed. */
final class SignedEvidence {
  private SignedEvidence() {}

  /** The same evidence with its signature. */
  static Evidence sign(Evidence evidence, Ed25519Key key) {
    Base64.Encoder text = Base64.getEncoder();
    return evidence.with(
        Optional.of(
            new Evidence.Signature(
                Ed25519Key.ALGORITHM,
                text.encodeToString(key.publicKey()),
                text.encodeToString(key.sign(signed(evidence))))));
  }

  /** What is signed: the JSON without the signature, in the order of the fields. */
  static byte[] signed(Evidence evidence) {
    return bytes(evidence.with(Optional.empty()));
  }

  static byte[] bytes(Evidence evidence) {
    try {
      return Wire.mapper().writeValueAsBytes(evidence);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("evidence has JSON", e);
    }
  }
}
