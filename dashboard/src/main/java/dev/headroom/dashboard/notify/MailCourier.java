package dev.headroom.dashboard.notify;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** Sends e-mails by SMTP, each to one address. The end of an incident answers its begin, so that mailboxes show them together. */
final class MailCourier implements Courier {
    private final NotifyProperties.Smtp smtp;
    private final Links links;
    private final Session session;

    /** @param trust makes the encrypted sockets; null for the JVM's own */
    MailCourier(NotifyProperties.Smtp smtp, Links links, Duration patience, @Nullable SSLSocketFactory trust) {
        this.smtp = smtp;
        this.links = links;
        Properties settings = new Properties();
        String millis = Long.toString(patience.toMillis());
        settings.put("mail.smtp.host", smtp.host());
        settings.put("mail.smtp.port", Integer.toString(smtp.port()));
        settings.put("mail.smtp.connectiontimeout", millis);
        settings.put("mail.smtp.timeout", millis);
        settings.put("mail.smtp.writetimeout", millis);
        settings.put("mail.smtp.auth", Boolean.toString(!smtp.username().isBlank()));
        boolean startTls = smtp.security() == NotifyProperties.Smtp.Security.STARTTLS;
        settings.put("mail.smtp.starttls.enable", Boolean.toString(startTls));
        settings.put("mail.smtp.starttls.required", Boolean.toString(startTls));
        settings.put("mail.smtp.ssl.enable", Boolean.toString(smtp.security() == NotifyProperties.Smtp.Security.TLS));
        settings.put("mail.smtp.ssl.checkserveridentity", "true");
        if (trust != null) {
            settings.put("mail.smtp.ssl.socketFactory", trust);
        }
        this.session = Session.getInstance(settings, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(smtp.username(), smtp.password());
            }
        });
    }

    @Override
    public Outcome deliver(Digest told, Recipient recipient) {
        try {
            Transport.send(message(told, recipient));
            return new Outcome.Sent("taken by " + smtp.host());
        } catch (AuthenticationFailedException wrong) {
            return new Outcome.Refused("the mail server refused user name or password", "");
        } catch (MessagingException failed) {
            return outcome(failed);
        }
    }

    private MimeMessage message(Digest told, Recipient recipient) throws MessagingException {
        News news = told.first();
        MimeMessage message = new NumberedMessage(session, messageId(told));
        message.setFrom(new InternetAddress(smtp.sender()));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(recipient.at()));
        message.setSubject("[Headroom] " + Wording.title(told), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(news.at()));
        message.setHeader("Idempotency-Key", told.id());
        message.setHeader("Auto-Submitted", "auto-generated");
        if (news.event() == News.Event.CLOSED) {
            String opened = messageId(news, News.Event.OPENED);
            message.setHeader("In-Reply-To", opened);
            message.setHeader(
                    "References",
                    told.news().stream()
                            .map(each -> messageId(each, News.Event.OPENED))
                            .collect(Collectors.joining(" ")));
        }
        String link = links.opened(told);
        String text = Wording.title(told) + "\n\n" + String.join("\n", Wording.lines(told)) + "\n"
                + (link == null ? "" : "\n" + link + "\n");
        message.setText(text, StandardCharsets.UTF_8.name());
        return message;
    }

    private static String messageId(Digest told) {
        return told.grouped()
                ? "<" + told.id().replaceAll("[^A-Za-z0-9.+-]", "-") + "@headroom>"
                : messageId(told.first(), told.first().event());
    }

    private static String messageId(News news, News.Event event) {
        return "<" + news.incident().replaceAll("[^A-Za-z0-9.-]", "-") + "." + event.word() + "@headroom>";
    }

    /** The first number that a server said, however deep it lies. */
    private static Outcome outcome(MessagingException failed) {
        for (Exception each = failed; each != null; each = next(each)) {
            int code = code(each);
            if (code >= 500) {
                return new Outcome.Refused("the mail server answered " + code, "");
            }
            if (code >= 400) {
                return new Outcome.Later("the mail server answered " + code, Duration.ZERO);
            }
        }
        Exception cause = failed.getNextException();
        Exception named = cause == null ? failed : cause;
        return new Outcome.Later(
                "the mail server was not reached (" + named.getClass().getSimpleName() + ")", Duration.ZERO);
    }

    private static @Nullable Exception next(Exception failure) {
        return failure instanceof MessagingException chained ? chained.getNextException() : null;
    }

    private static int code(Exception failure) {
        if (failure instanceof SMTPSendFailedException send) {
            return send.getReturnCode();
        }
        if (failure instanceof SMTPAddressFailedException address) {
            return address.getReturnCode();
        }
        return failure instanceof SMTPSenderFailedException sender ? sender.getReturnCode() : -1;
    }

    /** A message whose number is ours: the same in every try, so that a repeat can be recognised. */
    private static final class NumberedMessage extends MimeMessage {
        private final String number;

        NumberedMessage(Session session, String number) {
            super(session);
            this.number = number;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", number);
        }
    }
}
