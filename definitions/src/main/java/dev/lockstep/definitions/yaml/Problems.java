package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.check.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what is wrong with the documents of one source. */
final class Problems {
  private final Optional<String> file;
  private final List<Problem> found = new ArrayList<>();

  /** Problems of a file, or of a value that has no lines. */
  Problems(Optional<String> file) {
    this.file = file;
  }

  void add(Path path, Problem.Code code, int line, String message) {
    found.add(new Problem(code, path.text(), message, place(line)));
  }

  /** A value of another form than the wanted one. */
  void wrong(Path path, Tree value, String wanted) {
    add(
        path,
        Problem.Code.VALUE_WRONG,
        value.line(),
        "is " + value.described() + "; wanted " + wanted);
  }

  Optional<Problem.Place> place(int line) {
    return line < 1 ? Optional.empty() : file.map(name -> new Problem.Place(name, line));
  }

  int size() {
    return found.size();
  }

  List<Problem> all() {
    return List.copyOf(found);
  }
}
