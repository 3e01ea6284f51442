package dev.lockstep.activities.storage;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that cannot be synced, here because it is closed. */
final class EarlySyncTest {
  private static final int SIXTEEN_MIB = 16 << 20;

  @TempDir private Path folder = Path.of("");
  private FileChannel closed;

  @BeforeEach
  void open() throws IOException {
    closed =
        FileChannel.open(
            folder.resolve("file"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    closed.close();
  }

  @Test
  void aFailureMeanwhileIsToldAtTheEnd() throws IOException {
    EarlySync early = new EarlySync(closed);
    early.wrote(SIXTEEN_MIB);

    assertThatThrownBy(early::await).isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void aFailureMeanwhileIsToldBeforeTheNextBegins() throws IOException {
    EarlySync early = new EarlySync(closed);
    early.wrote(SIXTEEN_MIB);
    assertThatThrownBy(early::await).isInstanceOf(IOException.class);

    assertThatThrownBy(() -> early.wrote(SIXTEEN_MIB)).isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void ofLittleTheEndAloneIsSynced() throws IOException {
    EarlySync early = new EarlySync(closed);
    early.wrote(SIXTEEN_MIB - 1);

    assertThatCode(early::await).doesNotThrowAnyException();
  }
}
