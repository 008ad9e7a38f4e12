package dev.headroom.dashboard.access;

import dev.headroom.dashboard.StartRefusedException;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Everything that lets somebody in. Nothing of it is needed while the dashboard listens on loopback and neither
 * {@code headroom.token} nor a user nor a provider is set up: it then is a tool on somebody's own machine. Thread-safe.
 *
 * @param address bound to; null when bound to every one
 * @param provided whether a login at an OpenID provider is set up
 * @param machineKey of this machine's command line
 * @param machineKey of this machine's command line
 */
record Credentials(
        @Nullable InetAddress address,
        @Nullable MasterToken master,
        Tokens tokens,
        Users users,
        ProviderRoles providers,
        boolean provided,
        MachineKey machineKey) {
    Credentials {
        if (!Loopback.bound(address)
                && master == null
                && users.none()
                && !provided
                && tokens.all().isEmpty()) {
            throw new StartRefusedException(
                    "The dashboard would listen on " + (address == null ? "every address" : address.getHostAddress())
                            + " without credentials: everyone on the network could read and write.",
                    """
                    One of these lines is enough:
                        HEADROOM_TOKEN=<a secret of your choice> java -jar headroom-dashboard.jar ...    one token for everything
                        java -jar headroom-dashboard.jar user create <name> --role admin               a first admin, kept in the store
                        SERVER_ADDRESS=127.0.0.1 java -jar headroom-dashboard.jar ...                  this machine only""");
        }
    }

    boolean loopback() {
        return Loopback.bound(address);
    }

    /** Whether somebody without any is refused. */
    boolean needed() {
        return !loopback() || master != null || provided || !users.none();
    }
}
