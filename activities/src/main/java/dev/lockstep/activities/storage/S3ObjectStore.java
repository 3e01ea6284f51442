package dev.lockstep.activities.storage;

import dev.lockstep.activities.stream.BlockFilter;
import dev.lockstep.definitions.model.StorePlace;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A bucket of anything that speaks S3.
 *
 * <p>Deleting looks for a lock first: a bucket that locks has versions, and there S3 would answer
 * that a locked object is gone, while it only hides it.
 */
final class S3ObjectStore implements ObjectStore {
  private final StorePlace.S3 place;
  private final S3Client client;

  /**
   * @param keys asked for when the first request is made
   */
  S3ObjectStore(StorePlace.S3 place, AwsCredentialsProvider keys) {
    this.place = place;
    this.client = S3Clients.client(place, keys);
  }

  @Override
  public Upload begin(String key, Existing existing) {
    String full = full(key);
    Runnable check =
        switch (existing) {
          case REPLACED -> () -> {};
          case REFUSED -> () -> refuseExisting(key);
        };
    boolean refused = existing == Existing.REFUSED;
    return new S3Upload(
        client, new S3Upload.Target(place.bucket(), full, refused, check, doing("writing", key)));
  }

  @Override
  public void put(String key, byte[] bytes, Existing existing) {
    Uploads.put(begin(key, existing), bytes);
  }

  @Override
  public InputStream open(String key) {
    String full = full(key);
    ResponseInputStream<GetObjectResponse> answer =
        S3Faults.translating(
            doing("reading", key),
            () ->
                client.getObject(
                    it -> it.bucket(place.bucket()).key(full).checksumMode(ChecksumMode.ENABLED)));
    return new CheckedObject(
        new Abortable(answer),
        doing("reading", key),
        answer.response().contentLength(),
        Optional.empty());
  }

  @Override
  public Optional<StoredObject> find(String key) {
    return head(key).map(head -> new StoredObject(key, head.contentLength(), head.lastModified()));
  }

  @Override
  public List<StoredObject> list(String prefix) {
    return S3Faults.translating(
        doing("listing", prefix),
        () ->
            client
                .listObjectsV2Paginator(
                    it -> it.bucket(place.bucket()).prefix(place.prefix() + prefix))
                .contents()
                .stream()
                .map(it -> new StoredObject(relative(it.key()), it.size(), it.lastModified()))
                .sorted(ObjectKeys.ORDER)
                .toList());
  }

  @Override
  public void delete(String key) {
    String full = full(key);
    Optional<HeadObjectResponse> found = head(key);
    found.flatMap(S3ObjectStore::lock).ifPresent(lock -> refuse(key, lock));
    if (found.isPresent()) {
      S3Faults.translating(
          doing("deleting", key),
          () -> client.deleteObject(it -> it.bucket(place.bucket()).key(full)));
    }
  }

  @Override
  public int sweep(String prefix, Duration olderThan) {
    Instant before = Instant.now().minus(olderThan);
    String doing = doing("sweeping", prefix);
    List<MultipartUpload> left =
        S3Faults.translating(
            doing,
            () ->
                client
                    .listMultipartUploadsPaginator(
                        it -> it.bucket(place.bucket()).prefix(place.prefix() + prefix))
                    .uploads()
                    .stream()
                    .filter(it -> it.key().startsWith(place.prefix() + prefix))
                    .filter(it -> it.initiated().isBefore(before))
                    .toList());
    for (MultipartUpload upload : left) {
      S3Faults.translating(
          doing,
          () ->
              client.abortMultipartUpload(
                  it -> it.bucket(place.bucket()).key(upload.key()).uploadId(upload.uploadId())));
    }
    return left.size();
  }

  @Override
  public String describe() {
    return "s3 bucket %s at %s"
        .formatted(place.bucket(), place.endpoint().orElse("AWS " + place.region()));
  }

  @Override
  public void close() {
    client.close();
  }

  private Optional<HeadObjectResponse> head(String key) {
    String full = full(key);
    try {
      return Optional.of(
          S3Faults.translating(
              doing("looking for", key),
              () -> {
                try {
                  return client.headObject(it -> it.bucket(place.bucket()).key(full));
                } catch (S3Exception refused) {
                  throw explained(refused);
                }
              }));
    } catch (ApplicationFailure refused) {
      if (refused.getType().equals(FaultCode.OBJECT_MISSING.name())) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  /** An answer to HEAD has no words: asks for a list, whose answer has them. */
  private S3Exception explained(S3Exception refused) {
    if (refused.statusCode() == 403 || refused.statusCode() == 400) {
      try {
        client.listObjectsV2(it -> it.bucket(place.bucket()).prefix(place.prefix()).maxKeys(1));
      } catch (S3Exception explained) {
        return explained;
      }
    }
    return refused;
  }

  private static Optional<String> lock(HeadObjectResponse head) {
    if (head.objectLockLegalHoldStatus() == ObjectLockLegalHoldStatus.ON) {
      return Optional.of("legal hold");
    }
    Instant until = head.objectLockRetainUntilDate();
    return until != null && until.isAfter(Instant.now())
        ? Optional.of("object lock %s until %s".formatted(head.objectLockModeAsString(), until))
        : Optional.empty();
  }

  private void refuse(String key, String lock) {
    throw StorageFaults.failure(
        FaultCode.STORE_REFUSED, doing("deleting", key), "it is locked: " + lock);
  }

  private void refuseExisting(String key) {
    if (find(key).isPresent()) {
      throw StorageFaults.failure(
          FaultCode.OBJECT_EXISTS, doing("writing", key), "an object of that key is there");
    }
  }

  private String doing(String verb, String key) {
    return "%s %s in %s".formatted(verb, place.prefix() + key, describe());
  }

  private String full(String key) {
    return place.prefix() + ObjectKeys.checked(key);
  }

  private String relative(String key) {
    return key.substring(place.prefix().length());
  }

  /** Drops the connection where it is closed early: closing would read the rest. */
  private static final class Abortable extends BlockFilter {
    private final ResponseInputStream<GetObjectResponse> answer;
    private boolean ended;

    Abortable(ResponseInputStream<GetObjectResponse> answer) {
      super(answer);
      this.answer = answer;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = source.read(bytes, offset, length);
      ended = count < 0;
      return count;
    }

    @Override
    public void close() throws IOException {
      if (ended) {
        answer.close();
      } else {
        answer.abort();
      }
    }
  }
}
