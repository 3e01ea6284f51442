package dev.lockstep.definitions.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelTest {
  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void aRateIsAtLeastOne(long perSecond) {
    assertThatThrownBy(() -> new Rate(perSecond))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(perSecond + "/s");
  }

  @Test
  void listsAreCopied() {
    List<String> columns = new ArrayList<>(List.of("a"));
    Change.CreateIndex index =
        new Change.CreateIndex("t", "i", columns, false, Optional.empty(), Optional.empty());

    columns.add("b");

    assertThat(index.columns()).containsExactly("a");
  }

  @Test
  void imagesAreCopiedAndSorted() {
    TreeMap<String, String> images = new TreeMap<>();
    images.put("web", "w:1");
    images.put("app", "a:1");
    WorkloadReference web = new WorkloadReference(WorkloadReference.Kind.DEPLOYMENT, "shop", "web");
    Rollout rollout = new Rollout(Optional.empty(), web, images, Optional.empty());

    images.clear();

    assertThat(rollout.images().keySet()).containsExactly("app", "web");
    assertThat(web).hasToString("Deployment shop/web");
  }
}
