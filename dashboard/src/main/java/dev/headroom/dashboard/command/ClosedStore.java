package dev.headroom.dashboard.command;

import dev.headroom.dashboard.access.KeptCredentials;
import dev.headroom.dashboard.access.Tokens;
import dev.headroom.dashboard.access.Users;
import dev.headroom.dashboard.refusal.RefusedException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** Changes the store of a dashboard that does not run. */
final class ClosedStore implements Changes {
    private static final String BY = "the command line";

    private final ConfigurableApplicationContext context;

    /** Adds tokens and users to the store. */
    @Import(KeptCredentials.class)
    static class Kept {}

    ClosedStore(ConfigurableApplicationContext context) {
        this.context = context;
    }

    private Tokens kept() {
        return context.getBean(Tokens.class);
    }

    private Users people() {
        return context.getBean(Users.class);
    }

    @Override
    public String createToken(@Nullable String scope, @Nullable String service, @Nullable String label) {
        return told(() -> kept().create(scope, service, label, BY).text());
    }

    @Override
    public List<String> tokens() {
        return kept().all().stream()
                .map(token -> Lines.token(
                        token.id(),
                        token.role().scope(),
                        token.service(),
                        token.label(),
                        token.created().toString(),
                        token.lastUsed() == null ? null : token.lastUsed().toString()))
                .toList();
    }

    @Override
    public void revokeToken(String id) {
        told(() -> {
            kept().revoke(id, BY);
            return id;
        });
    }

    @Override
    public void createUser(String name, @Nullable String role, @Nullable String password) {
        told(() -> people().create(name, role, password, BY).name());
    }

    @Override
    public void changeUser(String name, @Nullable String role, @Nullable String password) {
        told(() -> people().change(name, role, password, BY).name());
    }

    @Override
    public void removeUser(String name) {
        told(() -> {
            people().remove(name, BY);
            return name;
        });
    }

    @Override
    public List<String> users() {
        return people().all().stream()
                .map(user -> Lines.user(
                        user.name(), user.role().word(), user.changed().toString()))
                .toList();
    }

    private static String told(Supplier<String> change) {
        try {
            return change.get();
        } catch (RefusedException wrong) {
            throw new CommandFailedException(String.valueOf(wrong.getMessage()));
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
