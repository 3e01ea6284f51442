package dev.lockstep.activities.postgres.dialect;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import liquibase.change.core.LoadDataChange;
import liquibase.database.Database;
import liquibase.datatype.DatabaseDataType;
import liquibase.datatype.LiquibaseDataType;

/**
 * A Liquibase type that is written exactly as the author wrote it. Liquibase maps names of types to
 * its own ones; this one travels as a name with one parameter, the text in hexadecimal.
 */
public final class VerbatimType extends LiquibaseDataType {
  private static final String NAME = "lockstep_verbatim";

  /** For Liquibase, which makes an instance of each use. */
  public VerbatimType() {
    super(NAME, 1, 1);
  }

  /** The type as Liquibase's changes take it. */
  static String describe(String type) {
    return NAME + "(" + HexFormat.of().formatHex(type.getBytes(StandardCharsets.UTF_8)) + ")";
  }

  @Override
  public DatabaseDataType toDatabaseDataType(Database database) {
    byte[] text = HexFormat.of().parseHex(getParameters()[0].toString());
    return new DatabaseDataType(new String(text, StandardCharsets.UTF_8));
  }

  @Override
  public LoadDataChange.LOAD_DATA_TYPE getLoadTypeName() {
    return LoadDataChange.LOAD_DATA_TYPE.UNKNOWN;
  }
}
