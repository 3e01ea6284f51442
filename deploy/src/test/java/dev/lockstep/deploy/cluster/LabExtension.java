package dev.lockstep.deploy.cluster;

import dev.lockstep.deploy.testbed.Testbed;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives the tests of a class a lab of their own. Where the testbed has no real node, each of them
 * is skipped and says why.
 */
final class LabExtension implements BeforeEachCallback, AfterAllCallback {
  private @Nullable Testbed testbed;
  private @Nullable LabTemporal temporal;
  private @Nullable Lab lab;

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    Testbed found = Testbed.read();
    requireRealPods(found, context);
    testbed = found;
    if (temporal == null) {
      temporal = LabTemporal.connect(found.temporal());
    }
    if (lab == null) {
      lab = Lab.start(found, temporal.namespace());
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (lab != null) {
      lab.close();
    }
    if (temporal != null) {
      temporal.close();
    }
  }

  Testbed testbed() {
    return present(testbed);
  }

  LabTemporal temporal() {
    return present(temporal);
  }

  Lab lab() {
    return present(lab);
  }

  LabDatabase database() {
    return new LabDatabase(lab());
  }

  private static void requireRealPods(Testbed testbed, ExtensionContext context) {
    String node = testbed.value("LOCKSTEP_TESTBED_NODE", "kubernetes");
    String reason =
        testbed.has("LOCKSTEP_TESTBED_NODE_REASON")
            ? testbed.value("LOCKSTEP_TESTBED_NODE_REASON", "kubernetes")
            : "no reason given";
    Assumptions.assumeTrue(
        node.equals("real"),
        () ->
            "%s.%s needs pods that run, and the node is %s: %s"
                .formatted(
                    context.getRequiredTestClass().getSimpleName(),
                    context.getRequiredTestMethod().getName(),
                    node,
                    reason));
  }

  private static <T> T present(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("only a test has a lab");
    }
    return part;
  }
}
