package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.check.Names;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Credentials.Environment;
import dev.lockstep.definitions.model.Credentials.Files;
import dev.lockstep.definitions.model.Credentials.Secret;
import java.util.regex.Pattern;

/** The fields that say where user name and password are found. No message here repeats a value. */
final class CredentialsTable {
  static final Shape<String> VARIABLE =
      new QuietShape(
          "the name of an environment variable (capital letters, digits and _, such as SHOP_USER)",
          Pattern.compile("^[A-Z_][A-Z0-9_]*$"));
  static final Shape<String> FILE =
      new QuietShape(
          "the path of a file (with a / in it, such as /etc/lockstep/password)",
          Pattern.compile("^\\S*/\\S+$"));
  static final Shape<String> LABEL =
      new QuietShape("a name of the cluster (small letters, digits and -)", Names.LABEL);

  private CredentialsTable() {}

  static Shape<Credentials> credentials() {
    ObjectShape.Builder<Credentials> of =
        ObjectShape.of("Credentials", "Where user name and password are found; never the values.");
    Field<Credentials, Environment> environment =
        of.optional("env", environment(), Narrowing.to(Environment.class));
    Field<Credentials, Files> files = of.optional("files", files(), Narrowing.to(Files.class));
    Field<Credentials, Secret> secret = of.optional("secret", secret(), Narrowing.to(Secret.class));
    return of.forms(Forms.oneOf("env", "files", "secret"))
        .quiet()
        .made(
            in ->
                in.maybe(environment)
                    .<Credentials>map(found -> found)
                    .or(() -> in.maybe(files))
                    .or(() -> in.maybe(secret))
                    .orElseThrow());
  }

  private static Shape<Environment> environment() {
    ObjectShape.Builder<Environment> of =
        ObjectShape.of("EnvironmentCredentials", "Environment variables of the worker.");
    Field<Environment, String> username =
        of.required("username", VARIABLE.described("Name of a variable."), Environment::username);
    Field<Environment, String> password =
        of.required("password", VARIABLE.described("Name of a variable."), Environment::password);
    return of.quiet().made(in -> new Environment(in.the(username), in.the(password)));
  }

  private static Shape<Files> files() {
    ObjectShape.Builder<Files> of =
        ObjectShape.of("FileCredentials", "Files on the worker, each with one value.");
    Field<Files, String> username =
        of.required("username", FILE.described("Path of a file."), Files::username);
    Field<Files, String> password =
        of.required("password", FILE.described("Path of a file."), Files::password);
    return of.quiet().made(in -> new Files(in.the(username), in.the(password)));
  }

  private static Shape<Secret> secret() {
    ObjectShape.Builder<Secret> of =
        ObjectShape.of("SecretCredentials", "A Secret with the keys username and password.");
    Field<Secret, String> namespace = of.required("namespace", LABEL, Secret::namespace);
    Field<Secret, String> name = of.required("name", LABEL, Secret::name);
    return of.quiet().made(in -> new Secret(in.the(namespace), in.the(name)));
  }
}
