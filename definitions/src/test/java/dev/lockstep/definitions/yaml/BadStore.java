package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.yaml.BadDocument.Bad;
import dev.lockstep.definitions.yaml.BadDocument.SeenBy;
import java.util.List;
import java.util.stream.Stream;

/** Documents with one mistake in a store. */
final class BadStore {
  static final String S3 =
      """
      apiVersion: lockstep.dev/v1
      kind: Store
      metadata: {name: good-s3}
      spec:
        s3:
          endpoint: http://minio:9000
          region: eu-west-3
          bucket: backups
          prefix: shop/nightly
          pathStyle: true
          credentials: {env: {accessKey: S3_KEY, secretKey: S3_SECRET}}
        encryption: {key: {env: BACKUP_KEY}}
      """;

  static final String GCS =
      """
      apiVersion: lockstep.dev/v1
      kind: Store
      metadata: {name: good-gcs}
      spec:
        gcs: {bucket: backups_eu, prefix: a/b.c/, endpoint: "http://gcs:4443", credentials: {file: /etc/gcs.json}}
      """;

  static final String AZURE =
      """
      apiVersion: lockstep.dev/v1
      kind: Store
      metadata: {name: good-azure}
      spec:
        azure: {container: backups, prefix: shop, endpoint: "https://a.blob.core.windows.net", credentials: {env: AZURE}}
      """;

  static final String FILESYSTEM =
      """
      apiVersion: lockstep.dev/v1
      kind: Store
      metadata: {name: good-folder}
      spec: {filesystem: {path: /var/backups/..lockstep}}
      """;

  static final String KMS =
      """
      apiVersion: lockstep.dev/v1
      kind: Store
      metadata: {name: good-kms}
      spec:
        filesystem: {path: /var/backups}
        encryption:
          kms:
            aws:
              keyId: "arn:aws:kms:eu-west-3:111122223333:key/mrk-00000000000000000000000000000001"
              region: eu-west-3
              endpoint: http://kms:4566
              credentials: {files: {accessKey: /etc/aws/access, secretKey: /etc/aws/secret}}
          previous:
            kms:
              vault:
                address: https://vault:8200
                mount: teams/transit
                key: backups
                token: {file: /vault/token}
                namespace: shop
                ca: {file: /etc/vault/ca.pem}
      """;

  private BadStore() {}

  static List<BadDocument> all() {
    return Stream.of(ofS3(), ofOthers(), ofSecrets(), ofKeyServices())
        .flatMap(List::stream)
        .toList();
  }

  private static List<BadDocument> ofS3() {
    Bad bad = new Bad(S3, SeenBy.READER_AND_SCHEMA);
    Bad checked = new Bad(S3, SeenBy.CHECKS_AND_SCHEMA);
    return List.of(
        bad.replace("    bucket: backups\n", "").gives("FIELD_MISSING spec.s3.bucket"),
        bad.replace("pathStyle: true", "pathStyle: 1").gives("VALUE_WRONG spec.s3.pathStyle"),
        bad.replace("http://minio", "minio").gives("VALUE_WRONG spec.s3.endpoint"),
        bad.replace("http://minio", "http://me:hunter2@minio")
            .gives("VALUE_WRONG spec.s3.endpoint"),
        bad.replace("shop/nightly", "/shop").gives("VALUE_WRONG spec.s3.prefix"),
        bad.replace("shop/nightly", "shop//nightly").gives("VALUE_WRONG spec.s3.prefix"),
        bad.replace("shop/nightly", "shop/../other").gives("VALUE_WRONG spec.s3.prefix"),
        bad.replace("shop/nightly", "..").gives("VALUE_WRONG spec.s3.prefix"),
        bad.replace("shop/nightly", "\"my shop\"").gives("VALUE_WRONG spec.s3.prefix"),
        new Bad(S3, SeenBy.CHECKS)
            .replace("shop/nightly", "x".repeat(512))
            .gives("VALUE_WRONG spec.s3.prefix"),
        checked.replace("bucket: backups", "bucket: ab").gives("VALUE_WRONG spec.s3.bucket"),
        checked.replace("bucket: backups", "bucket: Backups").gives("VALUE_WRONG spec.s3.bucket"),
        checked.replace("bucket: backups", "bucket: a..b").gives("VALUE_WRONG spec.s3.bucket"),
        checked.replace("eu-west-3", "eu/west").gives("VALUE_WRONG spec.s3.region"));
  }

  private static List<BadDocument> ofOthers() {
    Bad gcs = new Bad(GCS, SeenBy.READER_AND_SCHEMA);
    Bad gcsChecked = new Bad(GCS, SeenBy.CHECKS_AND_SCHEMA);
    Bad azure = new Bad(AZURE, SeenBy.READER_AND_SCHEMA);
    Bad azureChecked = new Bad(AZURE, SeenBy.CHECKS_AND_SCHEMA);
    Bad folder = new Bad(FILESYSTEM, SeenBy.READER_AND_SCHEMA);
    Bad folderChecked = new Bad(FILESYSTEM, SeenBy.CHECKS_AND_SCHEMA);
    return List.of(
        gcs.replace("http://gcs", "gs://gcs").gives("VALUE_WRONG spec.gcs.endpoint"),
        gcs.replace("a/b.c/", "a/./b").gives("VALUE_WRONG spec.gcs.prefix"),
        gcsChecked.replace("backups_eu", "-backups").gives("VALUE_WRONG spec.gcs.bucket"),
        azure
            .replace(", credentials: {env: AZURE}", "")
            .gives("FIELD_MISSING spec.azure.credentials"),
        azure.replace("shop", "a b").gives("VALUE_WRONG spec.azure.prefix"),
        azure.replace("https://a", "a").gives("VALUE_WRONG spec.azure.endpoint"),
        azureChecked
            .replace("container: backups", "container: back--ups")
            .gives("VALUE_WRONG spec.azure.container"),
        folder.replace("{path", "{size: 5GiB, path").gives("FIELD_UNKNOWN spec.filesystem.size"),
        folderChecked
            .replace("/var/backups", "var/backups")
            .gives("VALUE_WRONG spec.filesystem.path"),
        folderChecked
            .replace("/var/backups", "/var/../backups")
            .gives("VALUE_WRONG spec.filesystem.path"),
        folder
            .replace("{filesystem: {path: /var/backups/..lockstep}}", "{}")
            .gives("CHOICE_WRONG spec"),
        folder
            .replace("{filesystem", "{gcs: {bucket: backups}, filesystem")
            .gives("CHOICE_WRONG spec"));
  }

  private static List<BadDocument> ofSecrets() {
    Bad bad = new Bad(S3, SeenBy.READER_AND_SCHEMA);
    String keys = "{env: {accessKey: S3_KEY, secretKey: S3_SECRET}}";
    return List.of(
        bad.replace(keys, "hunter2").gives("VALUE_WRONG spec.s3.credentials"),
        bad.replace(keys, "{}").gives("CHOICE_WRONG spec.s3.credentials"),
        bad.replace("{env: {access", "{token: hunter2, env: {access")
            .gives("FIELD_UNKNOWN spec.s3.credentials.token"),
        bad.replace("S3_SECRET", "hunter2").gives("VALUE_WRONG spec.s3.credentials.env.secretKey"),
        bad.replace(keys, "{files: {accessKey: /a, secretKey: hunter2}}")
            .gives("VALUE_WRONG spec.s3.credentials.files.secretKey"),
        bad.replace(keys, "{files: {accessKey: /a}}")
            .gives("FIELD_MISSING spec.s3.credentials.files.secretKey"),
        bad.replace(keys, "{secret: {namespace: a}}")
            .gives("FIELD_MISSING spec.s3.credentials.secret.name"),
        bad.replace("{key: {env: BACKUP_KEY}}", "{}").gives("CHOICE_WRONG spec.encryption"),
        bad.replace("{env: BACKUP_KEY}", "hunter2").gives("VALUE_WRONG spec.encryption.key"),
        bad.replace("{key: {env: BACKUP_KEY}}", "hunter2").gives("VALUE_WRONG spec.encryption"));
  }

  private static List<BadDocument> ofKeyServices() {
    Bad bad = new Bad(KMS, SeenBy.READER_AND_SCHEMA);
    Bad checked = new Bad(KMS, SeenBy.CHECKS_AND_SCHEMA);
    String aws = "spec.encryption.kms.aws.";
    String vault = "spec.encryption.previous.kms.vault.";
    return List.of(
        bad.replace("    kms:\n      aws:", "    key: {env: KEY}\n    kms:\n      aws:")
            .gives("CHOICE_WRONG spec.encryption"),
        bad.replace("        region: eu-west-3\n", "").gives("FIELD_MISSING " + aws + "region"),
        bad.replace("http://kms", "kms").gives("VALUE_WRONG " + aws + "endpoint"),
        bad.replace("          key: backups\n", "").gives("FIELD_MISSING " + vault + "key"),
        bad.replace("https://vault", "https://me:hunter2@vault")
            .gives("VALUE_WRONG " + vault + "address"),
        bad.replace("{file: /vault/token}", "hunter2").gives("VALUE_WRONG " + vault + "token"),
        checked.replace("111122223333", "shop").gives("VALUE_WRONG " + aws + "keyId"),
        new Bad(KMS, SeenBy.CHECKS)
            .replace("region: eu-west-3", "region: eu-west-1")
            .gives("VALUE_WRONG " + aws + "region"),
        checked.replace("teams/transit", "/transit").gives("VALUE_WRONG " + vault + "mount"),
        checked.replace("key: backups", "key: a/b").gives("VALUE_WRONG " + vault + "key"),
        checked
            .replace("namespace: shop", "namespace: ../shop")
            .gives("VALUE_WRONG " + vault + "namespace"));
  }
}
