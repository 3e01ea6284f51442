package dev.lockstep.activities.dump.portable;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lockstep.activities.dump.CutRows;
import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.activities.stream.BlockFilter;
import dev.lockstep.definitions.plan.DroppedData;
import dev.lockstep.workflows.wire.Wire;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.postgresql.copy.PGCopyInputStream;

/**
 * Columns or a table that a migration is about to drop, by COPY out of one snapshot: two parts, the
 * {@link DroppedDefinition} and the rows. The rows end only with the server's own end of the copy.
 */
public final class DroppedSession implements DumpSession {
  private static final String COLUMNS = "dropped columns 1";
  private static final String TABLE = "dropped table 1";

  private final Snapshot snapshot;
  private final DroppedDefinition definition;
  private final DumpFacts facts;
  private final AtomicLong rows = new AtomicLong(-1);
  private volatile boolean copying;

  private DroppedSession(Snapshot snapshot, DroppedQueries queries) {
    this.snapshot = snapshot;
    this.definition = queries.read();
    this.facts =
        new DumpFacts(
            "postgresql",
            snapshot.version(),
            "",
            definition.data().whole() ? TABLE : COLUMNS,
            snapshot.now(),
            Optional.of(snapshot.position()),
            Optional.empty(),
            queries.bytes(),
            new TreeMap<>());
  }

  /** Begins to read it from a database in which it is hidden already. */
  public static DroppedSession begin(Jdbi database, DroppedData data) {
    return PostgresFaults.translated(
        "",
        () -> {
          Snapshot snapshot = Snapshot.begin(database);
          try {
            return new DroppedSession(snapshot, new DroppedQueries(snapshot, data));
          } catch (RuntimeException e) {
            snapshot.close();
            throw e;
          }
        });
  }

  @Override
  public DumpFacts facts() {
    return facts;
  }

  @Override
  public List<Part> parts() {
    return List.of(new DefinitionPart(definition), new RowsPart());
  }

  @Override
  public DumpFacts end() {
    TreeMap<String, Long> counted = new TreeMap<>();
    counted.put(
        definition.data().table().schema() + "." + definition.data().table().name(), rows.get());
    return facts.withRows(counted);
  }

  /** A copy that has not ended would be read to its end; so its session is ended instead. */
  @Override
  public void close() {
    if (copying) {
      snapshot.abort();
    } else {
      snapshot.close();
    }
  }

  private String copy() {
    DroppedData data = definition.data();
    String table = Quoted.name(data.stored());
    if (data.whole()) {
      String list =
          definition.columns().isEmpty() ? "" : " (" + quoted(definition.columns().stream()) + ")";
      return "COPY " + table + list + " TO STDOUT";
    }
    Stream<String> names =
        Stream.concat(
            definition.rowKey().stream().map(column -> column.name()),
            data.columns().stream().map(DroppedData.Column::stored));
    return "COPY (SELECT " + quoted(names) + " FROM " + table + ") TO STDOUT";
  }

  private static String quoted(Stream<String> names) {
    return names.map(Quoted::name).collect(Collectors.joining(", "));
  }

  private record DefinitionPart(DroppedDefinition definition) implements Part {
    @Override
    public String name() {
      return DroppedDefinition.PART;
    }

    @Override
    public boolean compressed() {
      return false;
    }

    @Override
    public InputStream open() {
      try {
        return new ByteArrayInputStream(Wire.mapper().writeValueAsBytes(definition));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("no JSON for a definition", e);
      }
    }
  }

  private final class RowsPart implements Part {
    @Override
    public String name() {
      return DroppedDefinition.ROWS;
    }

    @Override
    public boolean compressed() {
      return false;
    }

    @Override
    public InputStream open() {
      return PostgresFaults.translated(
          "",
          () -> {
            CopyOut copy =
                snapshot
                    .handle()
                    .getConnection()
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut(copy());
            copying = true;
            return new Rows(copy);
          });
    }
  }

  /** What it throws is the dump's failure. */
  private final class Rows extends BlockFilter {
    private final CopyOut copy;

    Rows(CopyOut copy) {
      super(new PGCopyInputStream(copy));
      this.copy = copy;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        int count = source.read(bytes, offset, length);
        if (count < 0 && copying) {
          rows.set(copy.getHandledRowCount());
          copying = false;
        }
        return count;
      } catch (IOException e) {
        throw CutRows.of(
            definition.data().table().toString(),
            PostgresFaults.translate(e.getCause() instanceof SQLException sql ? sql : e, ""));
      }
    }

    /** Closing the copy itself would read it to its end, or cancel it while another one begins. */
    @Override
    public void close() {
      DroppedSession.this.close();
    }
  }
}
