package dev.lockstep.activities.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BlockStreamsTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Notes what goes through it. */
  private static final class Noting extends BlockFilter {
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private boolean closed;

    Noting(String text) {
      super(new ByteArrayInputStream(bytes(text)));
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = source.read(into, offset, length);
      seen.write(into, offset, Math.max(0, count));
      return count;
    }

    @Override
    public void close() throws IOException {
      super.close();
      closed = true;
    }

    String seen() {
      return seen.toString(StandardCharsets.ISO_8859_1);
    }
  }

  /** Gives its pieces, and fails where it is asked after the empty one. */
  private static final class Pieces extends PieceInput {
    private final Deque<byte[]> left = new ArrayDeque<>();

    Pieces(String... pieces) {
      for (String piece : pieces) {
        left.add(bytes(piece));
      }
      left.add(new byte[0]);
    }

    @Override
    protected byte[] next() {
      return left.remove();
    }
  }

  @Test
  void oneByteIsABlockOfOne() throws IOException {
    Noting input = new Noting("aÿ");
    assertThat(List.of(input.read(), input.read(), input.read())).containsExactly(0x61, 0xff, -1);
    assertThat(input.seen()).isEqualTo("aÿ");
  }

  @Test
  void anEmptyBlockIsNoByte() throws IOException {
    Deque<Integer> counts = new ArrayDeque<>(List.of(0, 1, -1));
    InputStream input =
        new BlockInput() {
          @Override
          public int read(byte[] into, int offset, int length) {
            into[offset] = 7;
            return counts.remove();
          }
        };
    assertThat(input.read()).isEqualTo(7);
    assertThat(input.read()).isEqualTo(-1);
  }

  @Test
  void whatIsSkippedIsSeen() throws IOException {
    Noting input = new Noting("0123456789");
    assertThat(input.skip(4)).isEqualTo(4);
    assertThat(input.skip(100)).isEqualTo(6);
    assertThat(input.seen()).isEqualTo("0123456789");
    assertThat(input.markSupported()).isFalse();
  }

  @Test
  void aFilterClosesItsSourceAndTellsWhatIsThere() throws IOException {
    Noting input = new Noting("abc");
    assertThat(input.available()).isEqualTo(3);
    input.close();
    assertThat(input.closed).isTrue();
  }

  @Test
  void piecesComeOneBehindTheOtherAndEndOnce() throws IOException {
    Pieces input = new Pieces("abc", "d");
    byte[] block = new byte[2];
    assertThat(input.read(block, 0, 0)).isZero();
    assertThat(input.read(block)).isEqualTo(2);
    assertThat(input.read(block)).isEqualTo(1);
    assertThat(block).startsWith('c');
    assertThat(input.read()).isEqualTo('d');
    assertThat(input.read(block)).isEqualTo(-1);
    assertThat(input.read()).isEqualTo(-1);
  }

  @Test
  void piecesRefuseABlockThatIsTooSmall() {
    assertThatThrownBy(() -> new Pieces("abc").read(new byte[2], 1, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void oneByteIsWrittenAsABlockOfOne() throws IOException {
    List<String> blocks = new ArrayList<>();
    try (OutputStream output =
        new BlockOutput() {
          @Override
          public void write(byte[] from, int offset, int length) {
            blocks.add(new String(from, offset, length, StandardCharsets.ISO_8859_1));
          }
        }) {
      output.write(0x1ff);
      output.write(bytes("ab"));
    }
    assertThat(blocks).containsExactly("ÿ", "ab");
  }
}
