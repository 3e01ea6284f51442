package dev.lockstep.activities.storage;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * One object: a single PUT where it fits in one part, else a <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html">multipart
 * upload</a>. Both carry {@code If-None-Match: *} where the object must be new: see <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">conditional
 * writes</a>. Some servers ignore that header, and some look without a lock when parts are
 * completed (SeaweedFS 4.48): hence the object is looked for just before, which leaves them a
 * moment in which two writers both win.
 */
final class S3Upload extends PartUpload {
  private final S3Client client;
  private final Target target;
  private final List<CompletedPart> sent = new ArrayList<>();
  private @Nullable String id;

  S3Upload(S3Client client, Target target) {
    this.client = client;
    this.target = target;
  }

  /**
   * What is written.
   *
   * @param key with the prefix of the store
   * @param refused whether the object must be new
   * @param check throws where the object is there
   * @param doing for people
   */
  record Target(String bucket, String key, boolean refused, Runnable check, String doing) {
    private @Nullable String ifNoneMatch() {
      return refused ? "*" : null;
    }
  }

  @Override
  protected void send(Part part) {
    String upload = upload();
    UploadPartResponse answer =
        S3Faults.translating(
            "part " + part.number() + " of " + target.doing(),
            () ->
                client.uploadPart(
                    it ->
                        it.bucket(target.bucket())
                            .key(target.key())
                            .uploadId(upload)
                            .partNumber(part.number())
                            .contentLength((long) part.length())
                            .checksumAlgorithm(ChecksumAlgorithm.CRC32),
                    body(part)));
    sent.add(
        CompletedPart.builder()
            .partNumber(part.number())
            .eTag(answer.eTag())
            .checksumCRC32(answer.checksumCRC32())
            .build());
  }

  @Override
  protected void finish(Part part) {
    if (part.number() == 1) {
      target.check().run();
      put(part);
      return;
    }
    send(part);
    target.check().run();
    String upload = upload();
    S3Faults.translating(
        target.doing(),
        () ->
            client.completeMultipartUpload(
                it ->
                    it.bucket(target.bucket())
                        .key(target.key())
                        .uploadId(upload)
                        .ifNoneMatch(target.ifNoneMatch())
                        .multipartUpload(parts -> parts.parts(sent))));
  }

  @Override
  protected void abandon() {
    @Nullable String upload = id;
    if (upload != null) {
      S3Faults.translating(
          "throwing away " + target.doing(),
          () ->
              client.abortMultipartUpload(
                  it -> it.bucket(target.bucket()).key(target.key()).uploadId(upload)));
    }
  }

  private void put(Part part) {
    S3Faults.translating(
        target.doing(),
        () ->
            client.putObject(
                it ->
                    it.bucket(target.bucket())
                        .key(target.key())
                        .contentLength((long) part.length())
                        .ifNoneMatch(target.ifNoneMatch())
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32),
                body(part)));
  }

  private String upload() {
    @Nullable String known = id;
    if (known != null) {
      return known;
    }
    String begun =
        S3Faults.translating(
                target.doing(),
                () ->
                    client.createMultipartUpload(
                        it ->
                            it.bucket(target.bucket())
                                .key(target.key())
                                .checksumAlgorithm(ChecksumAlgorithm.CRC32)))
            .uploadId();
    id = begun;
    return begun;
  }

  private static RequestBody body(Part part) {
    return RequestBody.fromContentProvider(part::stream, part.length(), "application/octet-stream");
  }
}
