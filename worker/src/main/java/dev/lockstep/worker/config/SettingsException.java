package dev.lockstep.worker.config;

import java.util.List;

/** Settings that cannot be used; the message has one line for each problem. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SettingsException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
