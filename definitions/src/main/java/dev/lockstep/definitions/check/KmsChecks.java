package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.WrappingKey;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a key of a key management service must keep. Answers true, which nobody needs. */
public final class KmsChecks implements WrappingKey.Visitor<Boolean> {
  /**
   * How AWS names a key. The region of an ARN is its second group.
   *
   * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html">KMS: key
   *     identifiers</a>
   */
  public static final Pattern AWS_KEY =
      Pattern.compile(
          "^(arn:aws[-a-z]*:kms:([-a-z0-9]+):[0-9]{12}:"
              + "(key/[-a-zA-Z0-9]+|alias/[-/_a-zA-Z0-9]+)"
              + "|alias/[-/_a-zA-Z0-9]+|[-a-f0-9]{36}|mrk-[a-f0-9]{32})$");

  /** For messages. */
  public static final String AWS_KEY_WANTED =
      "the id or ARN of a key, or alias/NAME, or the ARN of an alias";

  /** Of an engine or a namespace: no step up, no slash at the ends. */
  public static final Pattern VAULT_PATH =
      Pattern.compile("^(?!(.*/)?\\.{1,2}(/|$))[-_.a-zA-Z0-9]+(/[-_.a-zA-Z0-9]+)*$");

  /** As Vault takes it in the path of a request. */
  public static final Pattern VAULT_KEY = Pattern.compile("^\\w([-.\\w]*\\w)?$");

  private final String path;
  private final List<Problem> problems;

  /**
   * @param path of the object that has {@code aws} or {@code vault}
   */
  KmsChecks(String path, List<Problem> problems) {
    this.path = path;
    this.problems = problems;
  }

  @Override
  public Boolean keyset(SecretReference keyset) {
    return true;
  }

  @Override
  public Boolean awsKms(WrappingKey.AwsKms key) {
    fits("aws.keyId", key.keyId(), AWS_KEY, AWS_KEY_WANTED);
    fits("aws.region", key.region(), StoreChecks.REGION, "the name of a region, such as eu-west-3");
    Matcher arn = AWS_KEY.matcher(key.keyId());
    if (arn.matches() && arn.group(2) != null && !arn.group(2).equals(key.region())) {
      wrong(
          "aws.region",
          "is `%s`; wanted that of the key, %s".formatted(key.region(), arn.group(2)));
    }
    key.endpoint().ifPresent(endpoint -> address("aws.endpoint", endpoint));
    key.keys().ifPresent(keys -> StoreChecks.keys(keys, path + ".aws.credentials", problems));
    return true;
  }

  @Override
  public Boolean transit(WrappingKey.Transit key) {
    address("vault.address", key.address());
    String wanted = "a path such as transit, without a / before and behind it";
    fits("vault.mount", key.mount(), VAULT_PATH, wanted);
    fits("vault.key", key.key(), VAULT_KEY, "letters, digits, _, and - and dots between them");
    key.namespace().ifPresent(namespace -> fits("vault.namespace", namespace, VAULT_PATH, wanted));
    return true;
  }

  private void address(String field, String address) {
    if (!SignalChecks.URL.matcher(address).matches()) {
      wrong(
          field,
          "is not the address of a service, such as https://HOST:8200; user and token do not belong"
              + " there");
    }
  }

  private void fits(String field, String value, Pattern pattern, String wanted) {
    if (!pattern.matcher(value).matches()) {
      wrong(field, "is `" + value + "`; wanted " + wanted);
    }
  }

  private void wrong(String field, String message) {
    problems.add(Problem.at(path + "." + field, Code.VALUE_WRONG, message));
  }
}
