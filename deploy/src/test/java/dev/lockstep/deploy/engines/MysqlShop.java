package dev.lockstep.deploy.engines;

import dev.lockstep.definitions.model.Database;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** A database with a column of every type and an object of every kind. */
final class MysqlShop {
  static final List<String> TABLES = List.of("kinds", "moved", "odd `name`");

  private static final String ROWS =
      """
      INSERT INTO kinds (b, ti, si, mi, i, bi, d, f, db, bo, da, t, dt, ts, y, c, v, bn, vb, tx, bl,
        e, s, j, g)
      WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 900)
      SELECT n %% 512, n %% 128, n, n, n, 18446744073709551615 - n, n / 7, n / 8, n / 7, n %% 2,
        '2026-01-01' + INTERVAL n DAY, SEC_TO_TIME(n) , '2026-11-26 01:02:03.456789',
        '2026-10-25 00:30:00.5' + INTERVAL n MINUTE, 2000 + n %% 100, 'c', concat('v', n, '😀'),
        unhex(lpad(hex(n), 10, '0')), unhex('00ff0a0d1a5c27'), %s, repeat(unhex('00ff0a5c27'), 200),
        'b', 'x,y', json_object('n', n, 'q', '"'), ST_GeomFromText(concat('POINT(', n, ' 1)'))
      FROM n
      """;

  /** Whatever a reader of dumps could stumble on. */
  private static final String NASTY =
      "concat('a\\n-- Table structure for table `moved`\\n\\'\\\"\\\\ \\t\\r\\n;\\n', repeat('x', 2000))";

  private MysqlShop() {}

  static void fill(MysqlSide side, Database shop, String user) {
    side.use(
        shop.name(),
        "CREATE TABLE kinds (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, b bit(9), ti tinyint,"
            + " si smallint, mi mediumint, i int UNIQUE, bi bigint unsigned, d decimal(30, 10),"
            + " f float, db double, bo boolean, da date, t time(6), dt datetime(6),"
            + " ts timestamp(6) NULL, y year, c char(10), v varchar(200) CHARACTER SET utf8mb4,"
            + " bn binary(5), vb varbinary(200), tx longtext, bl longblob, e enum('a', 'b'),"
            + " s set('x', 'y'), j json, g geometry NOT NULL,"
            + " gs int GENERATED ALWAYS AS (i + 1) STORED,"
            + " gv varchar(300) GENERATED ALWAYS AS (concat(v, '!')) VIRTUAL COMMENT 'it''s',"
            + " KEY of_v (v), SPATIAL KEY of_g (g), CHECK (si >= 0))",
        ROWS.formatted(NASTY),
        "INSERT INTO kinds (id, g) VALUES (5000, ST_GeomFromText('POINT(0 0)'))",
        "CREATE TABLE moved (id bigint AUTO_INCREMENT PRIMARY KEY, kind bigint unsigned,"
            + " amount int NOT NULL, FOREIGN KEY (kind) REFERENCES kinds (id))",
        "CREATE TABLE `odd ``name``` (`a b` int PRIMARY KEY, `order` text)",
        "INSERT INTO `odd ``name``` VALUES (1, NULL), (2, ''), (3, 'NULL')",
        "CREATE VIEW sums AS SELECT sum(amount) AS total FROM moved",
        "CREATE FUNCTION twice(x int) RETURNS int DETERMINISTIC NO SQL RETURN x * 2",
        "CREATE PROCEDURE reset_odd() BEGIN DELETE FROM `odd ``name``` WHERE `a b` > 100;"
            + " SELECT '-- Dump completed'; END",
        "CREATE TRIGGER moved_in BEFORE INSERT ON moved FOR EACH ROW BEGIN"
            + " IF NEW.amount = 0 THEN SET NEW.amount = 1; END IF; END",
        "CREATE EVENT clean ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM `odd ``name```"
            + " WHERE `a b` > 100",
        "CREATE USER '" + user + "'@'%' IDENTIFIED BY 'open sesame'",
        "GRANT SELECT ON `" + shop.name() + "`.* TO '" + user + "'@'%'",
        "CREATE DEFINER='" + user + "'@'%' VIEW theirs AS SELECT v FROM kinds");
  }

  /** Everything that the dump has to bring back, by what it is. */
  static Map<String, String> picture(Handle handle) {
    Map<String, String> picture = new TreeMap<>();
    for (String table : TABLES) {
      String name = "`" + table.replace("`", "``") + "`";
      picture.put("rows of " + table, value(handle, "CHECKSUM TABLE " + name + " EXTENDED", 2));
      picture.put("table " + table, value(handle, "SHOW CREATE TABLE " + name, 2));
    }
    picture.put("view", value(handle, "SHOW CREATE VIEW sums", 2));
    picture.put("their view", value(handle, "SHOW CREATE VIEW theirs", 2));
    picture.put("function", value(handle, "SHOW CREATE FUNCTION twice", 3));
    picture.put("procedure", value(handle, "SHOW CREATE PROCEDURE reset_odd", 3));
    picture.put("trigger", value(handle, "SHOW CREATE TRIGGER moved_in", 3));
    picture.put("event", value(handle, "SHOW CREATE EVENT clean", 4));
    String name = value(handle, "SELECT database()", 1);
    picture.replaceAll((what, text) -> text.replace("`" + name + "`.", ""));
    return picture;
  }

  private static String value(Handle handle, String query, int column) {
    return handle.createQuery(query).map((row, context) -> row.getString(column)).one();
  }
}
