package dev.lockstep.definitions.model;

import java.util.Optional;

/** What kind of store it is, and where. A prefix is empty or ends with a slash. */
public sealed interface StorePlace {
  /** Calls the method of {@code visitor} that fits this kind. */
  <R> R accept(Visitor<R> visitor);

  /**
   * A bucket of anything that speaks S3.
   *
   * @param endpoint address of the service; absent: that of AWS for the region
   * @param pathStyle whether the bucket stands in the path instead of the host name
   * @param keys absent: the chain of the client library (environment, profile, role of the pod)
   */
  record S3(
      Optional<String> endpoint,
      String region,
      String bucket,
      String prefix,
      boolean pathStyle,
      Optional<AccessKeys> keys)
      implements StorePlace {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.s3(this);
    }
  }

  /**
   * A bucket of Google Cloud Storage.
   *
   * @param endpoint absent: Google's own
   * @param credentials a service account's key in JSON; absent: the default credentials of the
   *     environment, or none at all for an endpoint of one's own
   */
  record Gcs(
      String bucket,
      String prefix,
      Optional<String> endpoint,
      Optional<SecretReference> credentials)
      implements StorePlace {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.gcs(this);
    }
  }

  /**
   * A container of Azure Blob Storage.
   *
   * @param endpoint of the account, such as {@code https://ACCOUNT.blob.core.windows.net}; absent:
   *     the one in the connection string
   * @param credentials a connection string
   */
  record Azure(
      String container, String prefix, Optional<String> endpoint, SecretReference credentials)
      implements StorePlace {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.azure(this);
    }
  }

  /** A folder that the worker can write to; an absolute path. */
  record Filesystem(String path) implements StorePlace {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.filesystem(this);
    }
  }

  /** Where the two halves of an S3 access key are found. */
  record AccessKeys(SecretReference accessKey, SecretReference secretKey) {}

  /** One answer for each kind. */
  interface Visitor<R> {
    /** Answers for S3. */
    R s3(S3 place);

    /** Answers for Google Cloud Storage. */
    R gcs(Gcs place);

    /** Answers for Azure Blob Storage. */
    R azure(Azure place);

    /** Answers for a folder. */
    R filesystem(Filesystem place);
  }
}
