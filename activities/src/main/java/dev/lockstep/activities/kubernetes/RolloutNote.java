package dev.lockstep.activities.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one step did to a Deployment, kept as an annotation of that Deployment: written in the same
 * request that sets the images, so that neither is ever there without the other; removed as the
 * last act of the undo.
 *
 * @param run its id in the ledger
 * @param step id in the plan
 * @param done whether the rollout was seen complete; what happens to the images later is then no
 *     longer this step's concern
 * @param images by container
 */
record RolloutNote(String run, String step, boolean done, SortedMap<String, Change> images) {
  /** What the names of all notes begin with. */
  static final String PREFIX = "lockstep.dev/before-";

  /** 64 bits: far more than the steps that ever meet in one Deployment. */
  private static final int HASH_DIGITS = 16;

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  RolloutNote {
    images = Collections.unmodifiableSortedMap(new TreeMap<>(images));
  }

  /** The images of one container. */
  record Change(String before, String after) {}

  /** The name of the annotation of a step of a run. */
  static String name(RunKey run, String step) {
    return PREFIX + hash(run.id() + "\n" + step).substring(0, HASH_DIGITS);
  }

  /**
   * Reads an annotation.
   *
   * @param asking the step that needs it, for the fault
   */
  static RolloutNote parse(String annotation, String json, String asking) {
    try {
      return JSON.readValue(json, RolloutNote.class);
    } catch (JsonProcessingException broken) {
      throw Faults.failure(
          FaultCode.WORKLOAD_CHANGED,
          "the annotation " + annotation + " is not what Lockstep wrote: " + json,
          asking);
    }
  }

  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  RolloutNote asDone() {
    return new RolloutNote(run, step, true, images);
  }

  SortedMap<String, String> before() {
    return side(Change::before);
  }

  SortedMap<String, String> after() {
    return side(Change::after);
  }

  /**
   * Whether it belongs to an earlier run of the same definition: that run has ended for good once
   * this one began.
   */
  boolean endedBefore(RunKey later) {
    int slash = run.lastIndexOf('/');
    int laterSlash = later.id().lastIndexOf('/');
    return slash > 0
        && laterSlash > 0
        && run.substring(0, slash).equals(later.id().substring(0, laterSlash))
        && number(run.substring(slash + 1)) < number(later.id().substring(laterSlash + 1));
  }

  private static long number(String digits) {
    return digits.chars().allMatch(Character::isDigit) && !digits.isEmpty()
        ? Long.parseLong(digits)
        : 0;
  }

  private SortedMap<String, String> side(Function<Change, String> side) {
    return images.entrySet().stream()
        .collect(
            Collectors.toMap(
                e -> e.getKey(), e -> side.apply(e.getValue()), (a, b) -> a, TreeMap::new));
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
