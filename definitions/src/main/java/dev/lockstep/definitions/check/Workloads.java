package dev.lockstep.definitions.check;

import dev.lockstep.definitions.model.WorkloadReference;
import java.util.List;

/** Checks names of workloads. */
final class Workloads {
  private Workloads() {}

  static void check(String path, WorkloadReference workload, List<Problem> problems) {
    Labels.check(path + ".namespace", workload.namespace(), problems);
    Labels.check(path + ".name", workload.name(), problems);
  }
}
