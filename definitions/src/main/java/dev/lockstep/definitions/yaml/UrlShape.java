package dev.lockstep.definitions.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.yaml.Tree.Kind;
import dev.lockstep.definitions.yaml.Tree.Leaf;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JDBC URL without a password. */
record UrlShape() implements Shape<String> {
  private static final String WANTED = "a JDBC URL such as jdbc:postgresql://HOST:5432/DATABASE";
  private static final Pattern URL = Pattern.compile("^jdbc:[a-z]+:\\S+$");

  /** Where options begin: MySQL and MariaDB take some in parentheses before each host. */
  private static final Pattern OPTIONS = Pattern.compile("[?(]");

  private static final Pattern USER = Pattern.compile("//[^?]*@");

  @Override
  public Optional<String> read(Tree tree, Path path, Problems problems) {
    if (!(tree instanceof Leaf leaf) || leaf.kind() != Kind.TEXT) {
      problems.wrong(path, tree, WANTED);
      return Optional.empty();
    }
    Matcher options = OPTIONS.matcher(leaf.text());
    boolean secret = options.find() && Secrets.named(leaf.text().substring(options.start()));
    if (secret || USER.matcher(leaf.text()).find()) {
      problems.add(
          path,
          Code.VALUE_WRONG,
          leaf.line(),
          "holds a password or a user before the host; wanted the address alone, and under"
              + " credentials where user and password are found");
      return Optional.empty();
    }
    if (!URL.matcher(leaf.text()).matches()) {
      problems.wrong(path, tree, WANTED);
      return Optional.empty();
    }
    return Optional.of(leaf.text());
  }

  @Override
  public JsonNode write(String value) {
    return JsonNodeFactory.instance.textNode(value);
  }

  @Override
  public ObjectNode schema(SchemaParts parts) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "string")
        .put("pattern", "^jdbc:[a-z]+:(?!.*//[^?]*@)(?!.*[Pp]assword=)\\S+$");
  }
}
