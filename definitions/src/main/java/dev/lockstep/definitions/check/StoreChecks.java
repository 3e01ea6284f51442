package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.model.StorePlace;
import java.util.List;
import java.util.regex.Pattern;

/** What a store's spec must keep. Answers true, which nobody needs. */
public final class StoreChecks implements StorePlace.Visitor<Boolean> {
  /**
   * What S3 calls a bucket.
   *
   * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">S3:
   *     naming rules</a>
   */
  public static final Pattern S3_BUCKET =
      Pattern.compile("^(?!.*\\.\\.)[a-z0-9][-.a-z0-9]{1,61}[a-z0-9]$");

  /**
   * What Cloud Storage calls a bucket without a domain of its own.
   *
   * @see <a href="https://cloud.google.com/storage/docs/buckets#naming">Cloud Storage: names</a>
   */
  public static final Pattern GCS_BUCKET =
      Pattern.compile("^(?!.*\\.\\.)[a-z0-9][-._a-z0-9]{1,220}[a-z0-9]$");

  /**
   * What Azure calls a container.
   *
   * @see <a
   *     href="https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata">Azure:
   *     names of containers</a>
   */
  public static final Pattern AZURE_CONTAINER =
      Pattern.compile("^(?!.*--)[a-z0-9][-a-z0-9]{1,61}[a-z0-9]$");

  /** Letters that need no quoting in any store; no step up or in place. */
  public static final Pattern PREFIX =
      Pattern.compile("^(?!(.*/)?\\.{1,2}(/|$))([-A-Za-z0-9_.=+@,]+(/[-A-Za-z0-9_.=+@,]+)*/?)?$");

  /** An absolute path without a step up. */
  public static final Pattern ABSOLUTE_PATH = Pattern.compile("^/(?!(.*/)?\\.\\.(/|$))[^\\x00]*$");

  /** Names of regions, also of services that are not of AWS. */
  public static final Pattern REGION = Pattern.compile("^[a-zA-Z0-9][-_a-zA-Z0-9]{0,62}$");

  /** The key of a Secret that holds the public half of an access key. */
  public static final String ACCESS_KEY = "accessKey";

  /** The key of a Secret that holds the other half. */
  public static final String SECRET_KEY = "secretKey";

  /** Names of objects may have 1024 bytes in every store, and the backup's own part comes after. */
  static final int LONGEST_PREFIX = 512;

  private final List<Problem> problems;

  StoreChecks(List<Problem> problems) {
    this.problems = problems;
  }

  void check(Store store) {
    store.place().accept(this);
    store
        .encryptionKey()
        .ifPresent(key -> key.accept(new KmsChecks("spec.encryption.kms", problems)));
    store
        .previousKey()
        .ifPresent(key -> key.accept(new KmsChecks("spec.encryption.previous.kms", problems)));
    if (store.previousKey().isPresent() && store.previousKey().equals(store.encryptionKey())) {
      wrong(
          "encryption.previous",
          Code.VALUE_WRONG,
          "is the key itself; wanted the one that wrapped before, or nothing");
    }
  }

  @Override
  public Boolean s3(StorePlace.S3 place) {
    fits("s3.bucket", place.bucket(), S3_BUCKET, "3 to 63 small letters, digits, - and dots");
    fits("s3.region", place.region(), REGION, "the name of a region, such as eu-west-3");
    prefix("s3.prefix", place.prefix());
    place.endpoint().ifPresent(endpoint -> endpoint("s3.endpoint", endpoint));
    place.keys().ifPresent(keys -> keys(keys, "spec.s3.credentials", problems));
    return true;
  }

  @Override
  public Boolean gcs(StorePlace.Gcs place) {
    fits("gcs.bucket", place.bucket(), GCS_BUCKET, "3 to 222 small letters, digits, -, _ and dots");
    prefix("gcs.prefix", place.prefix());
    place.endpoint().ifPresent(endpoint -> endpoint("gcs.endpoint", endpoint));
    return true;
  }

  @Override
  public Boolean azure(StorePlace.Azure place) {
    fits(
        "azure.container",
        place.container(),
        AZURE_CONTAINER,
        "3 to 63 small letters, digits and single -");
    prefix("azure.prefix", place.prefix());
    place.endpoint().ifPresent(endpoint -> endpoint("azure.endpoint", endpoint));
    return true;
  }

  @Override
  public Boolean filesystem(StorePlace.Filesystem place) {
    fits(
        "filesystem.path",
        place.path(),
        ABSOLUTE_PATH,
        "an absolute path without .., such as /var/backups");
    return true;
  }

  /** Both halves of an access key can only be written as one pair. */
  static void keys(StorePlace.AccessKeys keys, String path, List<Problem> problems) {
    if (!keys.accessKey().accept(new Partner(keys.secretKey()))) {
      problems.add(
          Problem.at(
              path,
              Code.CHOICE_WRONG,
              "are found in two ways; wanted two variables, two files, or the keys %s and %s of one"
                      .formatted(ACCESS_KEY, SECRET_KEY)
                  + " Secret"));
    }
  }

  private void prefix(String field, String prefix) {
    boolean ended = prefix.isEmpty() || prefix.endsWith("/");
    if (!ended || !PREFIX.matcher(prefix).matches() || prefix.length() > LONGEST_PREFIX) {
      wrong(
          field,
          Code.VALUE_WRONG,
          "is `%s`; wanted a folder in the store, such as shop/nightly/, at most %d letters"
              .formatted(prefix, LONGEST_PREFIX));
    }
  }

  private void fits(String field, String value, Pattern pattern, String wanted) {
    if (!pattern.matcher(value).matches()) {
      wrong(field, Code.VALUE_WRONG, "is `" + value + "`; wanted " + wanted);
    }
  }

  private void endpoint(String field, String endpoint) {
    if (!SignalChecks.URL.matcher(endpoint).matches()) {
      wrong(
          field,
          Code.VALUE_WRONG,
          "is not the address of a service, such as http://HOST:9000; user and key do not belong"
              + " there");
    }
  }

  private void wrong(String field, Code code, String message) {
    problems.add(Problem.at("spec." + field, code, message));
  }

  /** Whether the other half is found in the same way. */
  private record Partner(SecretReference other) implements SecretReference.Visitor<Boolean> {
    @Override
    public Boolean variable(SecretReference.Variable variable) {
      return other instanceof SecretReference.Variable;
    }

    @Override
    public Boolean file(SecretReference.File file) {
      return other instanceof SecretReference.File;
    }

    @Override
    public Boolean key(SecretReference.Key key) {
      return key.key().equals(ACCESS_KEY)
          && other.equals(new SecretReference.Key(key.namespace(), key.name(), SECRET_KEY));
    }
  }
}
