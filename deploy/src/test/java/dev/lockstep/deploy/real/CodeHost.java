package dev.lockstep.deploy.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What GitHub and GitLab have of comments and of statuses of commits: lists, additions and changes
 * below the paths that their documentation names, for whoever has the token.
 */
final class CodeHost implements AutoCloseable {
  static final String TOKEN = "token-of-the-job";

  /** At GitHub. */
  static final String REPOSITORY = "shop/web";

  /** The same at GitLab. */
  static final String PROJECT = "42";

  private static final Pattern STATUS =
      Pattern.compile("POST /(?:repos/shop/web|projects/42)/statuses/([0-9a-f]+)");

  private final HttpServer server;
  private final Map<Integer, String> comments = new TreeMap<>();
  private final List<String> statuses = new ArrayList<>();
  private final Set<String> commits = new TreeSet<>();

  CodeHost() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The comments that there are. */
  synchronized List<String> comments() {
    return List.copyOf(comments.values());
  }

  /** Each as {@code state name sentence}, in the order in which they came. */
  synchronized List<String> statuses() {
    return List.copyOf(statuses);
  }

  /** The commits that have a status. */
  synchronized Set<String> commits() {
    return Set.copyOf(commits);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    JsonNode sent =
        body.length == 0 ? Wire.mapper().createObjectNode() : Wire.mapper().readTree(body);
    JsonNode told = isKnown(exchange) ? told(exchange, sent) : Wire.mapper().nullNode();
    byte[] answer = Wire.mapper().writeValueAsBytes(told);
    exchange.sendResponseHeaders(told.isNull() ? 404 : 200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static boolean isKnown(HttpExchange exchange) {
    return ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))
        || TOKEN.equals(exchange.getRequestHeaders().getFirst("PRIVATE-TOKEN"));
  }

  private JsonNode told(HttpExchange exchange, JsonNode sent) {
    String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    String text = sent.path("body").asText();
    Matcher status = STATUS.matcher(call);
    if (status.matches()) {
      commits.add(status.group(1));
      return status(sent);
    }
    return switch (call) {
      case "GET /repos/shop/web/issues/7/comments", "GET /projects/42/merge_requests/7/notes" ->
          list();
      case "POST /repos/shop/web/issues/7/comments", "POST /projects/42/merge_requests/7/notes" ->
          put(comments.size() + 1, text);
      case "PATCH /repos/shop/web/issues/comments/1", "PUT /projects/42/merge_requests/7/notes/1" ->
          put(1, text);
      default -> Wire.mapper().nullNode();
    };
  }

  private ArrayNode list() {
    ArrayNode all = Wire.mapper().createArrayNode();
    comments.forEach((id, text) -> all.addObject().put("id", id).put("body", text));
    return all;
  }

  private ObjectNode put(int id, String text) {
    comments.put(id, text);
    return Wire.mapper().createObjectNode().put("id", id);
  }

  private JsonNode status(JsonNode sent) {
    statuses.add(
        "%s %s %s"
            .formatted(
                sent.path("state").asText(),
                sent.path("context").asText(),
                sent.path("description").asText()));
    return sent;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
