package dev.lockstep.workflows.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Constraint;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.model.DrillPlace;
import dev.lockstep.definitions.model.Receiver;
import dev.lockstep.definitions.model.RestoreTarget;
import dev.lockstep.definitions.model.Schedule;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.Signal;
import dev.lockstep.definitions.model.Step;
import dev.lockstep.definitions.model.StorePlace;
import dev.lockstep.definitions.model.TriggerAuth;
import dev.lockstep.definitions.model.Which;
import dev.lockstep.definitions.model.WrappingKey;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.BackupStep;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class KindsTest {
  static Stream<Arguments> values() {
    return Stream.of(
            of(Change.class, Samples.changes()),
            of(Constraint.class, Samples.constraints()),
            of(Step.class, Samples.steps()),
            of(Connection.class, Samples.connections()),
            of(Credentials.class, Samples.credentials()),
            of(Signal.Source.class, Samples.sources()),
            of(WrappingKey.class, Samples.wrappingKeys()),
            of(SecretReference.class, Samples.references()),
            of(Definition.class, Samples.definitions()),
            of(Action.class, Samples.actions()),
            of(BackupStep.class, Samples.backupSteps()),
            of(StorePlace.class, Samples.places()),
            of(Which.class, Samples.whiches()),
            of(RestoreTarget.class, Samples.targets()),
            of(DrillPlace.class, Samples.drillPlaces()),
            of(Schedule.Timing.class, Samples.timings()),
            of(TriggerAuth.class, Samples.triggerAuths()),
            of(Receiver.class, Samples.receivers()))
        .flatMap(List::stream);
  }

  static Stream<Class<?>> interfaces() {
    return Kinds.INTERFACES.stream();
  }

  private static List<Arguments> of(Class<?> type, List<?> samples) {
    return samples.stream().map(sample -> Arguments.of(type, sample)).toList();
  }

  /** Its records, and those of the interfaces that it permits. */
  private static Stream<Class<?>> permitted(Class<?> type) {
    return Arrays.stream(type.getPermittedSubclasses())
        .flatMap(each -> each.isInterface() ? permitted(each) : Stream.<Class<?>>of(each));
  }

  @ParameterizedTest
  @MethodSource("values")
  void everyRecordComesBackEqualAndBeginsWithItsKind(Class<?> type, Object value)
      throws JsonProcessingException {
    String json = Wire.mapper().writerFor(type).writeValueAsString(value);

    assertThat(json).startsWith("{\"kind\":\"");
    assertThat(Wire.mapper().readValue(json, type)).isEqualTo(value);
    assertThat(Wire.mapper().readValue(json, value.getClass())).isEqualTo(value);
    assertThat(Wire.mapper().writeValueAsString(value)).isEqualTo(json);
  }

  @ParameterizedTest
  @MethodSource("interfaces")
  void theTableNamesEveryPermittedRecordAndEverySampleIsThere(Class<?> type) {
    List<Class<?>> permitted = permitted(type).toList();
    List<Class<?>> named =
        Kinds.NAMES.stream()
            .<Class<?>>map(NamedType::getType)
            .filter(type::isAssignableFrom)
            .toList();
    List<Class<?>> sampled =
        values()
            .filter(arguments -> arguments.get()[0] == type)
            .<Class<?>>map(arguments -> requireNonNull(arguments.get()[1]).getClass())
            .toList();

    assertThat(named).containsExactlyInAnyOrderElementsOf(permitted);
    assertThat(sampled).containsExactlyInAnyOrderElementsOf(permitted);
  }

  @ParameterizedTest
  @MethodSource("interfaces")
  void noTwoRecordsOfAnInterfaceShareAName(Class<?> type) {
    Map<String, Long> counts =
        Kinds.NAMES.stream()
            .filter(name -> type.isAssignableFrom(name.getType()))
            .collect(Collectors.groupingBy(NamedType::getName, Collectors.counting()));

    assertThat(counts.values()).containsOnly(1L);
  }

  @Test
  void anUnknownKindIsRefused() throws JsonProcessingException {
    JsonNode tree = Wire.mapper().readTree("{\"kind\":\"explode\"}");

    assertThatThrownBy(() -> Wire.read(tree, Action.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("explode");
  }
}
