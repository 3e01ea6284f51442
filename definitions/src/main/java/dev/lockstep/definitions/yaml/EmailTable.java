package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.Receiver.Email;
import dev.lockstep.definitions.model.Receiver.MailLogin;
import dev.lockstep.definitions.model.Receiver.MailServer;
import dev.lockstep.definitions.model.Receiver.Tls;
import dev.lockstep.definitions.model.SecretReference;
import java.util.List;

/** The fields that say how notifications go by mail. */
final class EmailTable {
  private EmailTable() {}

  static Shape<Email> email() {
    ObjectShape.Builder<Email> of = ObjectShape.of("ReceiverEmail", "A mail server, by SMTP.");
    Field<Email, MailServer> server = of.required("server", server(), Email::server);
    Field<Email, String> from =
        of.required("from", address().described("Whose address the mails bear."), Email::from);
    Field<Email, List<String>> to =
        of.required(
            "to",
            new ListShape<>(address(), "a list of addresses", 1).described("Who gets them."),
            Email::to);
    Field<Email, MailLogin> login = of.optional("credentials", login(), Email::login);
    return of.quiet()
        .made(in -> new Email(in.the(server), in.the(from), in.the(to), in.maybe(login)));
  }

  private static Shape<String> address() {
    return TextShape.of("an address, such as ops@example.org");
  }

  private static Shape<MailServer> server() {
    ObjectShape.Builder<MailServer> of = ObjectShape.of("MailServer", "Where mail is handed in.");
    Field<MailServer, String> host =
        of.required(
            "host",
            TextShape.of("the name of a host").described("Its name or address."),
            MailServer::host);
    Field<MailServer, Integer> port =
        of.defaulting(
            "port",
            new NumberShape(1, 65_535).described("587 is usual with startTls, 465 with implicit."),
            MailServer.USUAL_PORT,
            MailServer::port);
    Field<MailServer, Tls> tls =
        of.defaulting(
            "tls",
            WordShape.of(Tls.class).described("How the connection is encrypted."),
            Tls.START_TLS,
            MailServer::tls);
    return of.made(in -> new MailServer(in.the(host), in.the(port), in.the(tls)));
  }

  private static Shape<MailLogin> login() {
    ObjectShape.Builder<MailLogin> of =
        ObjectShape.of("MailCredentials", "Who hands in mail; absent: nobody in particular.");
    Field<MailLogin, SecretReference> username =
        of.required("username", SecretReferenceTable.reference(), MailLogin::username);
    Field<MailLogin, SecretReference> password =
        of.required("password", SecretReferenceTable.reference(), MailLogin::password);
    return of.quiet().made(in -> new MailLogin(in.the(username), in.the(password)));
  }
}
