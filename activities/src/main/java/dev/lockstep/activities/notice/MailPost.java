package dev.lockstep.activities.notice;

import dev.lockstep.definitions.model.Receiver;
import dev.lockstep.definitions.model.Receiver.Tls;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import java.time.Duration;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** Hands in mail. What a server says is told by its number alone: it may repeat who logged in. */
final class MailPost {
  private final Duration patience;
  private final SSLSocketFactory trust;

  /**
   * Sends nothing yet.
   *
   * @param trust whom it believes where a server is to encrypt
   */
  MailPost(Duration patience, SSLSocketFactory trust) {
    this.patience = patience;
    this.trust = trust;
  }

  /** Who hands in; both null: nobody in particular. */
  record Login(@Nullable String username, @Nullable String password) {
    static final Login NONE = new Login(null, null);

    /** Says nothing of them. */
    @Override
    public String toString() {
      return "a login";
    }
  }

  /** One mail. */
  record Mail(Receiver.Email to, Login login, NoticeText text) {}

  /**
   * Returns when the server took it.
   *
   * @param who for people
   */
  void send(String who, Mail mail) {
    Session session = Session.getInstance(properties(mail));
    try {
      NoticeMail message = NoticeMail.of(session, mail.to(), mail.text());
      try (Transport transport = session.getTransport("smtp")) {
        transport.connect(mail.login().username(), mail.login().password());
        transport.sendMessage(message, message.getAllRecipients());
      }
    } catch (AuthenticationFailedException e) {
      throw Faults.failure(FaultCode.RECEIVER_REFUSED, who + " refused the login", "");
    } catch (AddressException e) {
      throw Faults.failure(FaultCode.RECEIVER_REFUSED, who + " has a wrong address of mail", "");
    } catch (MessagingException e) {
      throw fault(who, e);
    }
  }

  private Properties properties(Mail mail) {
    Receiver.MailServer server = mail.to().server();
    String millis = Long.toString(patience.toMillis());
    boolean startTls = server.tls() == Tls.START_TLS;
    Properties set = new Properties();
    set.setProperty("mail.smtp.host", server.host());
    set.setProperty("mail.smtp.port", Integer.toString(server.port()));
    set.setProperty("mail.smtp.auth", Boolean.toString(!mail.login().equals(Login.NONE)));
    set.setProperty("mail.smtp.starttls.enable", Boolean.toString(startTls));
    set.setProperty("mail.smtp.starttls.required", Boolean.toString(startTls));
    set.setProperty("mail.smtp.ssl.enable", Boolean.toString(server.tls() == Tls.IMPLICIT));
    set.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    set.put("mail.smtp.ssl.socketFactory", trust);
    set.setProperty("mail.smtp.connectiontimeout", millis);
    set.setProperty("mail.smtp.timeout", millis);
    set.setProperty("mail.smtp.writetimeout", millis);
    return set;
  }

  /** A number of 500 and above is meant to last, all else may pass. */
  private static RuntimeException fault(String who, MessagingException failure) {
    int code = code(failure);
    if (code == 0) {
      return Faults.failure(
          FaultCode.RECEIVER_UNREACHABLE,
          who + " cannot be reached, or not as securely as asked",
          "");
    }
    return Faults.failure(
        code >= 500 ? FaultCode.RECEIVER_REFUSED : FaultCode.RECEIVER_UNREACHABLE,
        who + " answered with SMTP status " + code,
        "");
  }

  /** The number of the answer; 0 where there was none. */
  private static int code(MessagingException failure) {
    int highest = 0;
    for (@Nullable Exception e = failure;
        e instanceof MessagingException known;
        e = known.getNextException()) {
      int code =
          e instanceof SMTPSendFailedException send
              ? send.getReturnCode()
              : e instanceof SMTPAddressFailedException address
                  ? address.getReturnCode()
                  : e instanceof SMTPSenderFailedException sender ? sender.getReturnCode() : 0;
      highest = Math.max(highest, code);
    }
    return highest;
  }
}
