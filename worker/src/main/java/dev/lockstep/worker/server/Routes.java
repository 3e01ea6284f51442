package dev.lockstep.worker.server;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which request goes where. */
final class Routes {
  private static final String NAME = "([a-z0-9][-a-z0-9]{0,62})";

  /** A name, or a kind and a name, or the key of a run in the ledger. */
  private static final String RUN = "([-a-zA-Z0-9_.]{1,100}(?:/[-a-zA-Z0-9_.]{1,100})?)";

  private final List<Route> all;

  /**
   * One of them.
   *
   * @param template as the OpenAPI document writes it
   * @param counted whether it counts as one of the requests that are worked on at once
   */
  record Route(String method, String template, Pattern path, boolean counted, Handler handler) {}

  /** Answers a request. */
  @FunctionalInterface
  interface Handler {
    /**
     * Answers it.
     *
     * @param variable what stands in the path in place of the name in braces; empty without one
     */
    Answer answer(Sent sent, String variable);
  }

  private Routes(List<Route> all) {
    this.all = all;
  }

  static Routes of(Shared shared) {
    TriggerRoute triggers = new TriggerRoute(shared);
    RunRoutes runs = new RunRoutes(shared);
    Reading reading = new Reading(shared);
    return new Routes(
        List.of(
            new Route("POST", "/v1/triggers/{name}", triggers(), true, triggers::answer),
            control(runs, "approve"),
            control(runs, "pause"),
            control(runs, "resume"),
            control(runs, "abort"),
            new Route("GET", "/v1/runs/{run}", run(""), true, runs::status),
            new Route("GET", "/health", fixed("/health"), false, reading::health),
            new Route("GET", "/metrics", fixed("/metrics"), false, reading::metrics),
            new Route("GET", "/openapi.json", fixed("/openapi.json"), false, reading::openApi)));
  }

  private static Route control(RunRoutes runs, String action) {
    return new Route(
        "POST",
        "/v1/runs/{run}/" + action,
        run("/" + action),
        true,
        (sent, run) -> runs.control(sent, run, action));
  }

  private static Pattern triggers() {
    return Pattern.compile("/v1/triggers/" + NAME);
  }

  private static Pattern run(String suffix) {
    return Pattern.compile("/v1/runs/" + RUN + suffix);
  }

  private static Pattern fixed(String path) {
    return Pattern.compile(Pattern.quote(path) + "()");
  }

  List<Route> all() {
    return all;
  }

  /** Where a request goes, and what stands in its path. */
  record Found(Route route, String variable) {}

  Optional<Found> find(String method, String path) {
    for (Route route : all) {
      Matcher matcher = route.path().matcher(path);
      if (route.method().equals(method) && matcher.matches()) {
        return Optional.of(new Found(route, matcher.group(1)));
      }
    }
    return Optional.empty();
  }

  /** Whether the path would be right with another method. */
  boolean knows(String path) {
    return all.stream().anyMatch(route -> route.path().matcher(path).matches());
  }
}
