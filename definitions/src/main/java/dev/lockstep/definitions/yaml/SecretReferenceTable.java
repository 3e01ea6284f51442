package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.SecretReference.File;
import dev.lockstep.definitions.model.SecretReference.Variable;
import java.util.regex.Pattern;

/** The fields that say where one secret value is found. No message here repeats a value. */
final class SecretReferenceTable {
  /** The key of a Secret: letters, digits, {@code -}, {@code _} and dots. */
  private static final Shape<String> KEY =
      new QuietShape("a key of the Secret", Pattern.compile("^[-._a-zA-Z0-9]{1,253}$"));

  private SecretReferenceTable() {}

  static Shape<SecretReference> reference() {
    ObjectShape.Builder<SecretReference> of =
        ObjectShape.of("SecretReference", "Where one secret value is found; never the value.");
    Field<SecretReference, Variable> variable =
        of.optional(
            "env",
            new ConvertedShape<>(CredentialsTable.VARIABLE, Variable::new, Variable::name)
                .described("Name of an environment variable of the worker."),
            Narrowing.to(Variable.class));
    Field<SecretReference, File> file =
        of.optional(
            "file",
            new ConvertedShape<>(CredentialsTable.FILE, File::new, File::path)
                .described("Path of a file on the worker."),
            Narrowing.to(File.class));
    Field<SecretReference, SecretReference.Key> secret =
        of.optional("secret", key(), Narrowing.to(SecretReference.Key.class));
    return of.forms(Forms.oneOf("env", "file", "secret"))
        .quiet()
        .made(
            in ->
                in.maybe(variable)
                    .<SecretReference>map(found -> found)
                    .or(() -> in.maybe(file))
                    .or(() -> in.maybe(secret))
                    .orElseThrow());
  }

  private static Shape<SecretReference.Key> key() {
    ObjectShape.Builder<SecretReference.Key> of =
        ObjectShape.of("SecretKey", "A key of a Kubernetes Secret.");
    Field<SecretReference.Key, String> namespace =
        of.required("namespace", CredentialsTable.LABEL, SecretReference.Key::namespace);
    Field<SecretReference.Key, String> name =
        of.required("name", CredentialsTable.LABEL, SecretReference.Key::name);
    Field<SecretReference.Key, String> key =
        of.required("key", KEY.described("Which of its values."), SecretReference.Key::key);
    return of.quiet()
        .made(in -> new SecretReference.Key(in.the(namespace), in.the(name), in.the(key)));
  }
}
