package dev.lockstep.activities.kubernetes;

import io.fabric8.kubernetes.api.builder.TypedVisitor;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Labels for pods that are like those of another StatefulSet, and that nothing takes for them.
 *
 * <ol>
 *   <li>Every label by which the StatefulSet, or a Service of its namespace, finds its pods gets
 *       the instance's name as value; where it has that value already, or is asked for by an
 *       expression such as its mere presence, it is left out.
 *   <li>The label {@code lockstep.dev/instance} is added.
 *   <li>Selectors inside of the template that meant the source's pods, as rules of affinity and of
 *       spread have them, mean the instance's.
 * </ol>
 */
final class OwnLabels {
  /** Labels that the controllers of Kubernetes put on each pod of a StatefulSet by themselves. */
  static final Set<String> BY_CONTROLLER =
      Set.of(
          "apps.kubernetes.io/pod-index",
          "statefulset.kubernetes.io/pod-name",
          "controller-revision-hash");

  private final StatefulSet source;
  private final List<Service> services;
  private final String name;

  /**
   * For an instance.
   *
   * @param services of the source's namespace
   */
  OwnLabels(StatefulSet source, List<Service> services, String name) {
    this.source = source;
    this.services = List.copyOf(services);
    this.name = name;
  }

  /** The source's template with labels and selectors of the instance. */
  PodTemplateSpec template() {
    Map<String, String> before = labels();
    return new PodTemplateSpecBuilder(source.getSpec().getTemplate())
        .accept(
            new TypedVisitor<LabelSelectorBuilder>() {
              @Override
              public void visit(LabelSelectorBuilder selector) {
                Map<String, String> asked = selector.getMatchLabels();
                if (asked != null
                    && !asked.isEmpty()
                    && before.entrySet().containsAll(asked.entrySet())) {
                  selector.withMatchLabels(Map.of(RunObjects.INSTANCE, name));
                }
              }
            })
        .editOrNewMetadata()
        .withLabels(own())
        .endMetadata()
        .build();
  }

  /** The Services that find the source's pods, whichever of them. */
  List<Service> leadingToSource() {
    return services.stream().filter(service -> selects(service, labels())).toList();
  }

  /** Whether a Service finds pods of these labels, whichever of one StatefulSet. */
  static boolean selects(Service service, Map<String, String> labels) {
    Map<String, String> asked = new TreeMap<>(selector(service));
    boolean any = !asked.isEmpty();
    asked.keySet().removeAll(BY_CONTROLLER);
    return any && labels.entrySet().containsAll(asked.entrySet());
  }

  private Map<String, String> own() {
    Map<String, String> labels = new TreeMap<>(labels());
    LabelSelector selector = source.getSpec().getSelector();
    Set<String> selecting = new TreeSet<>(selector.getMatchLabels().keySet());
    leadingToSource().forEach(service -> selecting.addAll(selector(service).keySet()));
    selecting.removeAll(BY_CONTROLLER);
    for (String key : selecting) {
      if (name.equals(labels.get(key))) {
        labels.remove(key);
      } else {
        labels.replace(key, name);
      }
    }
    selector.getMatchExpressions().stream()
        .map(LabelSelectorRequirement::getKey)
        .forEach(labels::remove);
    labels.put(RunObjects.INSTANCE, name);
    return labels;
  }

  private Map<String, String> labels() {
    Map<String, String> labels = source.getSpec().getTemplate().getMetadata().getLabels();
    return labels == null ? Map.of() : labels;
  }

  private static Map<String, String> selector(Service service) {
    Map<String, String> selector =
        service.getSpec() == null ? null : service.getSpec().getSelector();
    return selector == null ? Map.of() : selector;
  }
}
