package dev.lockstep.deploy.e2e;

import dev.lockstep.workflows.contract.Claim;
import dev.lockstep.workflows.contract.Conclusion;
import dev.lockstep.workflows.contract.Preparation;
import dev.lockstep.workflows.contract.Settlement;
import dev.lockstep.workflows.contract.StepScope;
import io.temporal.activity.Activity;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.stream.Stream;

/** Stands beside every activity of a worker and is told when it begins and ends. */
interface Bystander {
  /** An activity begins. */
  void begins(Call call);

  /** An activity came to its end; the engine does not know it yet. */
  void ended(Call call);

  /**
   * Which activity of which run.
   *
   * @param activity such as {@code applyStatements}
   * @param step id in the plan; empty for {@code prepare} and others that serve no step
   */
  record Call(String workflowId, String activity, String step) {}

  /** The same activities with somebody beside them. */
  static Object[] beside(Bystander bystander, Object[] activities) {
    return Stream.of(activities).map(activity -> beside(bystander, activity)).toArray();
  }

  private static Object beside(Bystander bystander, Object activity) {
    return Proxy.newProxyInstance(
        Bystander.class.getClassLoader(),
        activity.getClass().getInterfaces(),
        (proxy, method, arguments) -> {
          if (method.getDeclaringClass() == Object.class || arguments == null) {
            return method.invoke(activity, arguments);
          }
          Call call =
              new Call(
                  String.valueOf(Activity.getExecutionContext().getInfo().getWorkflowId()),
                  method.getName(),
                  stepOf(arguments[0]));
          bystander.begins(call);
          try {
            Object result = method.invoke(activity, arguments);
            bystander.ended(call);
            return result;
          } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
          }
        });
  }

  private static String stepOf(Object argument) {
    if (argument instanceof StepScope scope) {
      return scope.step();
    }
    if (argument instanceof Claim claim) {
      return claim.scope().step();
    }
    if (argument instanceof Settlement settlement) {
      return settlement.scope().step();
    }
    if (argument instanceof Conclusion conclusion) {
      return conclusion.scope().step();
    }
    if (argument instanceof Preparation) {
      return "";
    }
    throw new IllegalArgumentException("an activity takes " + argument.getClass());
  }
}
