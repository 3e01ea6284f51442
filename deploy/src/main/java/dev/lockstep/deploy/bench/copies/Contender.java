package dev.lockstep.deploy.bench.copies;

import dev.lockstep.deploy.bench.report.Metric;
import java.io.IOException;
import java.util.Map;

/** A way to back a database up and to restore it. */
interface Contender {
  /** In the table. */
  String name();

  /** What it does, with versions. */
  String about() throws IOException, InterruptedException;

  /** Backs up, and restores into the empty database; leaves nothing else behind. */
  Map<Metric, Double> measure() throws IOException, InterruptedException;
}
