package dev.lockstep.worker.server;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/**
 * Counts, in the text format of Prometheus.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition
 *     formats</a>
 */
final class Metrics {
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Map<String, LongAdder> deliveries = new ConcurrentSkipListMap<>();
  private final IntSupplier queued;

  Metrics(IntSupplier queued) {
    this.queued = queued;
  }

  /**
   * Counts a delivery.
   *
   * @param trigger of a definition; {@code unknown} for every name that is none, since anybody
   *     could make up more of them than fit into memory
   */
  void delivery(String trigger, String outcome) {
    String labels = "trigger=\"" + trigger + "\",outcome=\"" + outcome + "\"";
    deliveries.computeIfAbsent(labels, unused -> new LongAdder()).increment();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "# HELP lockstep_deliveries_total Deliveries by trigger and what became of them.\n");
    text.append("# TYPE lockstep_deliveries_total counter\n");
    deliveries.forEach(
        (labels, count) ->
            text.append("lockstep_deliveries_total{%s} %d\n".formatted(labels, count.sum())));
    text.append(
        "# HELP lockstep_delivery_queue_length Deliveries whose run was not started yet.\n");
    text.append("# TYPE lockstep_delivery_queue_length gauge\n");
    text.append("lockstep_delivery_queue_length ").append(queued.getAsInt()).append('\n');
    return text.toString();
  }
}
