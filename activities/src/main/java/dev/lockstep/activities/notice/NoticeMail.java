package dev.lockstep.activities.notice;

import dev.lockstep.definitions.model.Receiver;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.UUID;

/** A notice as plain text. Its id is the same at every try, so that it can be known again. */
final class NoticeMail extends MimeMessage {
  private final String id;

  private NoticeMail(Session session, String id) {
    super(session);
    this.id = id;
  }

  static NoticeMail of(Session session, Receiver.Email to, NoticeText text)
      throws MessagingException {
    UUID id = UUID.nameUUIDFromBytes(text.notice().id().getBytes(StandardCharsets.UTF_8));
    NoticeMail mail = new NoticeMail(session, "<" + id + "@lockstep>");
    mail.setFrom(new InternetAddress(to.from(), /* strict= */ true));
    for (String address : to.to()) {
      mail.addRecipient(Message.RecipientType.TO, new InternetAddress(address, /* strict= */ true));
    }
    mail.setSubject("[lockstep] " + text.title().replaceAll("\\s+", " "), "UTF-8");
    StringBuilder words = new StringBuilder(text.sentence()).append("\n\n");
    text.facts().forEach((name, value) -> words.append(name + ": " + value + "\n"));
    mail.setText(words.toString(), "UTF-8");
    // Programs that answer by themselves leave such mail alone (RFC 3834).
    mail.setHeader("Auto-Submitted", "auto-generated");
    mail.setSentDate(Date.from(text.notice().time()));
    mail.saveChanges();
    return mail;
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
  }
}
