package dev.lockstep.activities.connection;

import java.util.Optional;

/** A user name and a password; both absent where the driver finds them by itself. */
public record Login(Optional<String> username, Optional<String> password) {
  /** Nobody in particular. */
  public static final Login NONE = new Login(Optional.empty(), Optional.empty());

  /** Both. */
  public static Login of(String username, String password) {
    return new Login(Optional.of(username), Optional.of(password));
  }

  /** Says who, never the password. */
  @Override
  public String toString() {
    return "login of " + username.orElse("the driver's default user");
  }
}
