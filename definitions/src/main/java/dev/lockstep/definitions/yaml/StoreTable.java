package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.check.StoreChecks;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.model.StorePlace;
import dev.lockstep.definitions.model.StorePlace.Azure;
import dev.lockstep.definitions.model.StorePlace.Filesystem;
import dev.lockstep.definitions.model.StorePlace.Gcs;
import dev.lockstep.definitions.model.StorePlace.S3;
import java.util.Optional;
import java.util.function.Function;

/** The fields of a store's {@code spec}. */
final class StoreTable {
  private StoreTable() {}

  /** The spec alone; the name of what it makes is empty. */
  static Shape<Store> spec() {
    ObjectShape.Builder<Store> of = ObjectShape.of("StoreSpec", "Where backups live.");
    Field<Store, S3> s3 = of.optional("s3", S3Table.place(), place(S3.class));
    Field<Store, Gcs> gcs = of.optional("gcs", gcs(), place(Gcs.class));
    Field<Store, Azure> azure = of.optional("azure", azure(), place(Azure.class));
    Field<Store, Filesystem> filesystem =
        of.optional("filesystem", filesystem(), place(Filesystem.class));
    Field<Store, EncryptionTable.Encryption> encryption =
        of.optional("encryption", EncryptionTable.encryption(), EncryptionTable.Encryption::of);
    return of.forms(Forms.oneOf("s3", "gcs", "azure", "filesystem"))
        .made(
            in ->
                new Store(
                    "",
                    in.maybe(s3)
                        .<StorePlace>map(found -> found)
                        .or(() -> in.maybe(gcs))
                        .or(() -> in.maybe(azure))
                        .or(() -> in.maybe(filesystem))
                        .orElseThrow(),
                    in.maybe(encryption).map(EncryptionTable.Encryption::key),
                    in.maybe(encryption).flatMap(EncryptionTable.Encryption::previous)));
  }

  static Store named(String name, Store spec) {
    return new Store(name, spec.place(), spec.encryptionKey(), spec.previousKey());
  }

  private static <P extends StorePlace> Function<Store, Optional<P>> place(Class<P> type) {
    return store -> Narrowing.<StorePlace, P>to(type).apply(store.place());
  }

  private static Shape<Gcs> gcs() {
    ObjectShape.Builder<Gcs> of =
        ObjectShape.of("Gcs", "A bucket of Google Cloud Storage, or of anything that speaks it.");
    Field<Gcs, String> bucket =
        of.required(
            "bucket",
            TextShape.of("the name of a bucket")
                .hinting(StoreChecks.GCS_BUCKET)
                .described("Its name."),
            Gcs::bucket);
    Field<Gcs, String> prefix = of.defaulting("prefix", StoreTexts.prefix(), "", Gcs::prefix);
    Field<Gcs, String> endpoint =
        of.optional("endpoint", StoreTexts.endpoint("Left out: Google's own."), Gcs::endpoint);
    Field<Gcs, SecretReference> credentials =
        of.optional(
            "credentials",
            SecretReferenceTable.reference()
                .described(
                    "Key of a service account, in JSON; left out: the default credentials of the"
                        + " environment."),
            Gcs::credentials);
    return of.made(
        in -> new Gcs(in.the(bucket), in.the(prefix), in.maybe(endpoint), in.maybe(credentials)));
  }

  private static Shape<Azure> azure() {
    ObjectShape.Builder<Azure> of = ObjectShape.of("Azure", "A container of Azure Blob Storage.");
    Field<Azure, String> container =
        of.required(
            "container",
            TextShape.of("the name of a container")
                .hinting(StoreChecks.AZURE_CONTAINER)
                .described("Its name."),
            Azure::container);
    Field<Azure, String> prefix = of.defaulting("prefix", StoreTexts.prefix(), "", Azure::prefix);
    Field<Azure, String> endpoint =
        of.optional(
            "endpoint",
            StoreTexts.endpoint("Left out: that of the connection string."),
            Azure::endpoint);
    Field<Azure, SecretReference> credentials =
        of.required(
            "credentials",
            SecretReferenceTable.reference().described("A connection string."),
            Azure::credentials);
    return of.made(
        in ->
            new Azure(in.the(container), in.the(prefix), in.maybe(endpoint), in.the(credentials)));
  }

  private static Shape<Filesystem> filesystem() {
    ObjectShape.Builder<Filesystem> of =
        ObjectShape.of("Filesystem", "A folder that the worker can write to.");
    Field<Filesystem, String> path =
        of.required(
            "path",
            TextShape.of("an absolute path, such as /var/backups")
                .hinting(StoreChecks.ABSOLUTE_PATH)
                .described("Its absolute path."),
            Filesystem::path);
    return of.made(in -> new Filesystem(in.the(path)));
  }
}
