package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Database;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The database in a folder that a physical backup is restored to. Answers its name there. */
final class InFolder implements Connection.Visitor<String> {
  /** That of every server, where an address names none. */
  private static final String USUAL = "postgres";

  private static final Pattern NUMBERED = Pattern.compile("%([0-7][0-9A-Fa-f])");

  private InFolder() {}

  /** One like the source, and with its role. */
  static Database of(Database source, String path, String name) {
    String database = source.connection().accept(new InFolder());
    return new Database(
        name,
        source.engine(),
        new Connection.Folder(path, database),
        source.credentials(),
        List.of());
  }

  @Override
  public String url(Connection.Url url) {
    String path = url.jdbcUrl().replaceFirst("[?].*", "");
    String database = path.replaceFirst(path.contains("//") ? ".*//[^/]*/?" : ".*:", "");
    return database.isEmpty() ? USUAL : decoded(database);
  }

  /** What an address must write by its number, a space for example, is ASCII. */
  private static String decoded(String name) {
    return NUMBERED
        .matcher(name)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(found.group(1), 16))));
  }

  @Override
  public String service(Connection.Service service) {
    return service.database();
  }

  @Override
  public String folder(Connection.Folder folder) {
    return folder.database();
  }
}
