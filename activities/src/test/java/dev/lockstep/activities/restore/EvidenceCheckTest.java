package dev.lockstep.activities.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.activities.storage.FaultyStore;
import dev.lockstep.activities.storage.MemoryStore;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Evidence that was changed, signed by somebody else, or not at all. */
final class EvidenceCheckTest {
  private final TestKey key = TestKey.make("Ed25519");
  private final FaultyStore store = new FaultyStore(new MemoryStore());

  @Test
  void thePublicKeyThatIsComputedIsThatOfThePair() {
    assertThat(Ed25519Key.parse(key.privatePem()).publicKey())
        .isEqualTo(key.pair().getPublic().getEncoded());
  }

  @Test
  void theKeyDoesNotShowItself() {
    assertThat(Ed25519Key.parse(key.privatePem())).hasToString("Ed25519 key");
  }

  @Test
  void whitespaceAndTheOrderOfFieldsChangeNothing() throws IOException {
    JsonNode tree = Wire.mapper().readTree(signed());
    ObjectNode turned = Wire.mapper().createObjectNode();
    List<String> names = new ArrayList<>();
    tree.fieldNames().forEachRemaining(name -> names.add(0, name));
    names.forEach(name -> turned.set(name, tree.get(name)));

    assertThat(problems(turned.toPrettyString())).isEmpty();
  }

  @Test
  void everyFieldThatIsChangedIsFound() throws IOException {
    List<String> tried = new ArrayList<>();
    JsonNode tree = Wire.mapper().readTree(signed());
    walk("", tree, tree, tried);

    assertThat(tried)
        .hasSizeGreaterThan(60)
        .contains(
            "/verdict",
            "/manifestSha256",
            "/rto/objective",
            "/rpo/measured",
            "/rpo/met",
            "/checks/0/state",
            "/steps/5/figures/durationMillis",
            "/fault/message",
            "/signature/value",
            "/signature/publicKey",
            "/signature/algorithm");
  }

  @Test
  void aFieldThatIsAddedIsFound() throws IOException {
    ObjectNode tree = (ObjectNode) Wire.mapper().readTree(signed());
    tree.put("approved", true);

    assertThat(problems(tree.toString()))
        .singleElement()
        .asString()
        .startsWith("it is no evidence of a drill: ")
        .contains("approved");
  }

  @Test
  void aFieldThatComesTwiceIsFound() {
    String twice =
        new String(signed(), StandardCharsets.UTF_8)
            .replaceFirst("\\{", "{\"verdict\":\"verified\",");

    assertThat(problems(twice)).isNotEmpty();
  }

  @Test
  void theKeyOfSomebodyElseIsNamed() {
    assertThat(verify(signed(), TestKey.make("Ed25519").publicPem()))
        .containsExactly("signature.publicKey: it was signed by another key");
    assertThat(verify(signed(), TestKey.make("RSA").publicPem()))
        .containsExactly("the key to verify with is no Ed25519 public key in PEM (X.509)");
    assertThat(verify(signed(), "nonsense"))
        .containsExactly("the key to verify with is no Ed25519 public key in PEM (X.509)");
  }

  @Test
  void evidenceSignedAgainByAnotherKeyFitsOnlyThatKey() throws IOException {
    TestKey thief = TestKey.make("Ed25519");
    Evidence changed =
        SignedEvidence.sign(
            Wire.read(Wire.mapper().readTree(signed()), Evidence.class)
                .with(Verdict.COULD_NOT_VERIFY),
            Ed25519Key.parse(thief.privatePem()));

    assertThat(problems(new String(SignedEvidence.bytes(changed), StandardCharsets.UTF_8)))
        .isEmpty();
    assertThat(verify(SignedEvidence.bytes(changed), key.publicPem()))
        .containsExactly("signature.publicKey: it was signed by another key");
  }

  @Test
  void evidenceWithoutItsSignatureIsNotSigned() throws IOException {
    ObjectNode tree = (ObjectNode) Wire.mapper().readTree(signed());
    tree.remove("signature");

    assertThat(problems(tree.toString())).containsExactly("signature: it is not signed");
  }

  @Test
  void fieldsThatContradictEachOtherAreNamed() throws IOException {
    assertThat(contradiction(tree -> tree.put("verdict", "verified")))
        .contains("verdict: it is not what the rest says");
    assertThat(contradiction(tree -> tree.put("ended", "2026-11-26T01:59:59Z")))
        .contains("ended: it is before started");
    assertThat(contradiction(tree -> ((ObjectNode) tree.get("rpo")).put("met", false)))
        .contains("rpo.met: it is not what measured and objective say");
    assertThat(contradiction(tree -> tree.put("version", 2)))
        .containsExactly("version: it is 2, and only 1 is known here");
  }

  @Test
  void whatIsNoEvidenceIsSaidToBeNone() {
    for (String text : List.of("", "{", "[]", "null", "{\"version\":1}", "\u0000")) {
      EvidenceCheck.Result result =
          EvidenceCheck.verify(text.getBytes(StandardCharsets.UTF_8), Optional.empty());
      assertThat(result.isValid()).as(text).isFalse();
      assertThat(result.evidence()).as(text).isEmpty();
    }
  }

  /** Changes each leaf, takes each field and element away, one at a time. */
  private void walk(String path, JsonNode node, JsonNode root, List<String> tried) {
    if (node instanceof ObjectNode fields) {
      List<String> names = new ArrayList<>();
      fields.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        JsonNode value = fields.get(name);
        fields.remove(name);
        assertInvalid(path + "/" + name + " removed", root);
        restore(fields, names, name, value);
        changes(value)
            .forEach(
                change -> {
                  fields.set(name, change);
                  assertInvalid(path + "/" + name, root);
                  tried.add(path + "/" + name);
                });
        fields.set(name, value);
        walk(path + "/" + name, value, root, tried);
      }
    } else if (node instanceof ArrayNode elements) {
      for (int i = 0; i < elements.size(); i++) {
        JsonNode value = elements.get(i);
        elements.remove(i);
        assertInvalid(path + "/" + i + " removed", root);
        elements.insert(i, value);
        walk(path + "/" + i, value, root, tried);
      }
    }
  }

  private static void restore(ObjectNode fields, List<String> names, String name, JsonNode value) {
    fields.set(name, value);
    List<JsonNode> values = names.stream().map(fields::get).toList();
    fields.removeAll();
    for (int i = 0; i < names.size(); i++) {
      fields.set(names.get(i), values.get(i));
    }
  }

  /** Of the same form where that is easily made, and of another one. */
  private static List<JsonNode> changes(JsonNode value) {
    if (value.isTextual()) {
      String text = value.asText();
      return List.of(
          TextNode.valueOf(text + "x"),
          TextNode.valueOf(text.contains("2") ? text.replaceFirst("2", "3") : "1" + text),
          TextNode.valueOf(text.equals("DONE") ? "FAILED" : "DONE"),
          TextNode.valueOf(text.startsWith("PT") ? "PT1S" : ""));
    }
    if (value.isBoolean()) {
      return List.of(BooleanNode.valueOf(!value.asBoolean()));
    }
    return value.isNumber() ? List.of(LongNode.valueOf(value.asLong() + 1)) : List.of();
  }

  private void assertInvalid(String what, JsonNode tree) {
    assertThat(problems(tree.toString())).as(what).isNotEmpty();
  }

  private List<String> contradiction(Consumer<ObjectNode> change) throws IOException {
    ObjectNode tree = (ObjectNode) Wire.mapper().readTree(signed());
    change.accept(tree);
    return problems(tree.toString());
  }

  private static List<String> problems(String json) {
    return EvidenceCheck.verify(json.getBytes(StandardCharsets.UTF_8), Optional.empty()).problems();
  }

  private static List<String> verify(byte[] json, String pem) {
    return EvidenceCheck.verify(json, Optional.of(pem)).problems();
  }

  /** Of a drill that failed: it has every field. */
  private byte[] signed() {
    store.clear();
    new RunConclusions(opened -> store, new MemoryBackup(), reference -> key.privatePem())
        .conclude(Ends.failed(Ends.drill(), FaultCode.ROWS_DIFFER));
    return store.bytes(store.keys().first());
  }
}
