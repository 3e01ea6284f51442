package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.check.StoreChecks;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.SecretReference.File;
import dev.lockstep.definitions.model.SecretReference.Variable;
import dev.lockstep.definitions.model.StorePlace.AccessKeys;
import java.util.Optional;
import java.util.function.Function;

/** The fields that say where the halves of an access key are found. No message repeats a value. */
final class AccessKeysTable {
  private AccessKeysTable() {}

  static Shape<AccessKeys> keys() {
    ObjectShape.Builder<AccessKeys> of =
        ObjectShape.of(
            "AccessKeys",
            "Where the access key is found; left out: by the chain of AWS (environment, profile,"
                + " role of the pod).");
    Field<AccessKeys, AccessKeys> environment =
        of.optional("env", environment(), both(Variable.class));
    Field<AccessKeys, AccessKeys> files = of.optional("files", files(), both(File.class));
    Field<AccessKeys, AccessKeys> secret =
        of.optional("secret", secret(), both(SecretReference.Key.class));
    return of.forms(Forms.oneOf("env", "files", "secret"))
        .quiet()
        .made(
            in ->
                in.maybe(environment)
                    .or(() -> in.maybe(files))
                    .or(() -> in.maybe(secret))
                    .orElseThrow());
  }

  /** The keys where both halves are found in that way. */
  private static Function<AccessKeys, Optional<AccessKeys>> both(
      Class<? extends SecretReference> type) {
    return keys ->
        Optional.of(keys)
            .filter(pair -> type.isInstance(pair.accessKey()) && type.isInstance(pair.secretKey()));
  }

  private static Shape<AccessKeys> environment() {
    ObjectShape.Builder<AccessKeys> of =
        ObjectShape.of("EnvironmentAccessKeys", "Environment variables of the worker.");
    Shape<SecretReference> variable =
        new ConvertedShape<>(
            CredentialsTable.VARIABLE, Variable::new, half -> ((Variable) half).name());
    return halves(of, variable.described("Name of a variable."));
  }

  private static Shape<AccessKeys> files() {
    ObjectShape.Builder<AccessKeys> of =
        ObjectShape.of("FileAccessKeys", "Files on the worker, each with one value.");
    Shape<SecretReference> file =
        new ConvertedShape<>(CredentialsTable.FILE, File::new, half -> ((File) half).path());
    return halves(of, file.described("Path of a file."));
  }

  private static Shape<AccessKeys> halves(
      ObjectShape.Builder<AccessKeys> of, Shape<SecretReference> half) {
    Field<AccessKeys, SecretReference> access =
        of.required(StoreChecks.ACCESS_KEY, half, AccessKeys::accessKey);
    Field<AccessKeys, SecretReference> secret =
        of.required(StoreChecks.SECRET_KEY, half, AccessKeys::secretKey);
    return of.quiet().made(in -> new AccessKeys(in.the(access), in.the(secret)));
  }

  private static Shape<AccessKeys> secret() {
    ObjectShape.Builder<AccessKeys> of =
        ObjectShape.of("SecretAccessKeys", "A Secret with the keys accessKey and secretKey.");
    Field<AccessKeys, String> namespace =
        of.required(
            "namespace",
            CredentialsTable.LABEL,
            keys -> ((SecretReference.Key) keys.accessKey()).namespace());
    Field<AccessKeys, String> name =
        of.required(
            "name",
            CredentialsTable.LABEL,
            keys -> ((SecretReference.Key) keys.accessKey()).name());
    return of.quiet()
        .made(
            in ->
                new AccessKeys(
                    new SecretReference.Key(
                        in.the(namespace), in.the(name), StoreChecks.ACCESS_KEY),
                    new SecretReference.Key(
                        in.the(namespace), in.the(name), StoreChecks.SECRET_KEY)));
  }
}
