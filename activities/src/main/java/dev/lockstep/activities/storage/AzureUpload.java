package dev.lockstep.activities.storage;

import com.azure.core.util.Context;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * A block blob: one request where it fits in one part, else <a
 * href="https://learn.microsoft.com/en-us/rest/api/storageservices/put-block-list">blocks and their
 * list</a>. Blocks that are on no list are seen by nobody and vanish by themselves after a week; a
 * commit drops those of other uploads to the same key, whose own commit then fails.
 */
final class AzureUpload extends PartUpload {
  /** What a commit is refused with where somebody else's dropped its blocks. */
  private static final String DROPPED = "InvalidBlockList";

  private final BlockBlobClient blob;
  private final BlobRequestConditions conditions;
  private final boolean refused;
  private final String doing;
  private final String upload = UUID.randomUUID().toString();
  private final List<String> blocks = new ArrayList<>();
  private final Sum sum = Sum.md5();

  /**
   * @param refused whether the blob must be new
   * @param doing for people
   */
  AzureUpload(BlockBlobClient blob, boolean refused, String doing) {
    this.blob = blob;
    this.refused = refused;
    this.conditions = new BlobRequestConditions().setIfNoneMatch(refused ? "*" : null);
    this.doing = doing;
  }

  @Override
  protected void send(Part part) {
    part.addTo(sum);
    Sum ofPart = Sum.md5();
    part.addTo(ofPart);
    // All of one blob must be of the same length.
    String name = "%s-%05d".formatted(upload, part.number());
    String id = Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    AzureFaults.translating(
        "part " + part.number() + " of " + doing,
        () ->
            blob.stageBlockWithResponse(
                id, part.stream(), part.length(), ofPart.value(), null, null, Context.NONE));
    blocks.add(id);
  }

  @Override
  protected void finish(Part part) {
    if (part.number() == 1) {
      put(part);
      return;
    }
    send(part);
    BlockBlobCommitBlockListOptions list =
        new BlockBlobCommitBlockListOptions(blocks)
            .setHeaders(new BlobHttpHeaders().setContentMd5(sum.value()))
            .setRequestConditions(conditions);
    try {
      AzureFaults.translating(
          doing, () -> blob.commitBlockListWithResponse(list, null, Context.NONE));
    } catch (ApplicationFailure failed) {
      if (refused && failed.getOriginalMessage().contains(DROPPED) && exists()) {
        throw StorageFaults.failure(
            FaultCode.OBJECT_EXISTS, doing, "somebody else wrote it meanwhile");
      }
      throw failed;
    }
  }

  @Override
  protected void abandon() {
    // There is no request for it: an empty list would make an empty blob.
  }

  private boolean exists() {
    return AzureFaults.translating(doing, blob::exists);
  }

  private void put(Part part) {
    Sum ofPart = Sum.md5();
    part.addTo(ofPart);
    AzureFaults.translating(
        doing,
        () ->
            blob.uploadWithResponse(
                new BlockBlobSimpleUploadOptions(part.stream(), part.length())
                    .setContentMd5(ofPart.value())
                    .setHeaders(new BlobHttpHeaders().setContentMd5(ofPart.value()))
                    .setRequestConditions(conditions),
                null,
                Context.NONE));
  }
}
