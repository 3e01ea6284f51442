package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.check.StoreChecks;
import dev.lockstep.definitions.model.StorePlace.AccessKeys;
import dev.lockstep.definitions.model.StorePlace.S3;

/** The fields of a bucket of anything that speaks S3. */
final class S3Table {
  private static final String DEFAULT_REGION = "us-east-1";

  private S3Table() {}

  static Shape<S3> place() {
    ObjectShape.Builder<S3> of = ObjectShape.of("S3", "A bucket of anything that speaks S3.");
    Field<S3, String> endpoint =
        of.optional(
            "endpoint", StoreTexts.endpoint("Left out: that of AWS for the region."), S3::endpoint);
    Field<S3, String> region =
        of.defaulting(
            "region",
            TextShape.of("the name of a region, such as eu-west-3")
                .hinting(StoreChecks.REGION)
                .described("Its region."),
            DEFAULT_REGION,
            S3::region);
    Field<S3, String> bucket =
        of.required(
            "bucket",
            TextShape.of("the name of a bucket")
                .hinting(StoreChecks.S3_BUCKET)
                .described("Its name."),
            S3::bucket);
    Field<S3, String> prefix = of.defaulting("prefix", StoreTexts.prefix(), "", S3::prefix);
    Field<S3, Boolean> pathStyle =
        of.defaulting(
            "pathStyle",
            new FlagShape()
                .described("Whether the bucket stands in the path instead of the host name."),
            false,
            S3::pathStyle);
    Field<S3, AccessKeys> keys = of.optional("credentials", AccessKeysTable.keys(), S3::keys);
    return of.made(
        in ->
            new S3(
                in.maybe(endpoint),
                in.the(region),
                in.the(bucket),
                in.the(prefix),
                in.the(pathStyle),
                in.maybe(keys)));
  }
}
