package dev.headroom.coverage;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.maven.model.building.DefaultModelProcessor;
import org.apache.maven.model.io.DefaultModelReader;
import org.apache.maven.model.locator.DefaultModelLocator;
import org.apache.maven.model.superpom.DefaultSuperPomProvider;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.apache.maven.settings.Mirror;
import org.apache.maven.settings.Profile;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Repository;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsBuilderFactory;
import org.apache.maven.settings.building.DefaultSettingsBuildingRequest;
import org.apache.maven.settings.building.SettingsBuildingException;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.Exclusion;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultAuthenticationSelector;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.eclipse.aether.util.repository.DefaultProxySelector;

/**
 * Jars as the Maven that runs this build gets them: its settings, mirrors, proxies, credentials, local repository and offline switch,
 * handed over by the module's pom as system properties. Names no repository itself. Thread-safe.
 */
final class MavenJars {
    private static final String OF_THIS_BUILD = "maven.of.this.build";

    private final RepositorySystem system = new RepositorySystemSupplier().get();
    private final DefaultRepositorySystemSession session = MavenRepositorySystemUtils.newSession();
    private final List<RemoteRepository> repositories;
    private final Map<List<String>, List<Path>> resolved = new ConcurrentHashMap<>();

    MavenJars() {
        Settings settings = settings();
        DefaultMirrorSelector mirrors = new DefaultMirrorSelector();
        for (Mirror mirror : settings.getMirrors()) {
            mirrors.add(
                    mirror.getId(),
                    mirror.getUrl(),
                    mirror.getLayout(),
                    false,
                    mirror.isBlocked(),
                    mirror.getMirrorOf(),
                    mirror.getMirrorOfLayouts());
        }
        session.setMirrorSelector(mirrors);
        DefaultProxySelector proxies = new DefaultProxySelector();
        for (Proxy proxy : settings.getProxies()) {
            if (proxy.isActive()) {
                AuthenticationBuilder credentials = new AuthenticationBuilder()
                        .addUsername(proxy.getUsername())
                        .addPassword(proxy.getPassword());
                proxies.add(
                        new org.eclipse.aether.repository.Proxy(
                                proxy.getProtocol(), proxy.getHost(), proxy.getPort(), credentials.build()),
                        proxy.getNonProxyHosts());
            }
        }
        session.setProxySelector(proxies);
        DefaultAuthenticationSelector servers = new DefaultAuthenticationSelector();
        for (Server server : settings.getServers()) {
            AuthenticationBuilder credentials = new AuthenticationBuilder()
                    .addUsername(server.getUsername())
                    .addPassword(server.getPassword());
            if (server.getPrivateKey() != null) {
                credentials.addPrivateKey(server.getPrivateKey(), server.getPassphrase());
            }
            servers.add(server.getId(), credentials.build());
        }
        session.setAuthenticationSelector(servers);
        session.setOffline(settings.isOffline() || Boolean.parseBoolean(given("offline", "false")));
        session.setSystemProperties(System.getProperties());
        session.setLocalRepositoryManager(
                system.newLocalRepositoryManager(session, new LocalRepository(localRepository(settings))));
        repositories = system.newResolutionRepositories(session, remote(settings));
    }

    private static Settings settings() {
        try {
            return new DefaultSettingsBuilderFactory()
                    .newInstance()
                    .build(new DefaultSettingsBuildingRequest()
                            .setSystemProperties(System.getProperties())
                            .setUserSettingsFile(file("user settings"))
                            .setGlobalSettingsFile(file("global settings")))
                    .getEffectiveSettings();
        } catch (SettingsBuildingException unreadable) {
            throw new IllegalStateException("Maven's settings cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static File file(String name) {
        String path = given(name, "");
        return path.isEmpty() ? null : new File(path);
    }

    /** What the pom handed over, a line each; Maven leaves an expression as it is when it has no value. */
    private static String given(String name, String otherwise) {
        for (String line : System.getProperty(OF_THIS_BUILD, "").split("\n")) {
            String[] parts = line.strip().split("=", 2);
            if (parts.length == 2 && parts[0].equals(name) && !parts[1].isEmpty() && !parts[1].startsWith("${")) {
                return parts[1];
            }
        }
        return otherwise;
    }

    private static String localRepository(Settings settings) {
        String configured = settings.getLocalRepository();
        String standard = configured == null
                ? Path.of(System.getProperty("user.home"), ".m2", "repository").toString()
                : configured;
        return given("local repository", standard);
    }

    /** What every project of Maven has, and what the settings' active profiles add. */
    private static List<RemoteRepository> remote(Settings settings) {
        List<RemoteRepository> remote = new ArrayList<>();
        for (Profile profile : settings.getProfiles()) {
            boolean standing =
                    profile.getActivation() != null && profile.getActivation().isActiveByDefault();
            if (standing || settings.getActiveProfiles().contains(profile.getId())) {
                for (Repository each : profile.getRepositories()) {
                    remote.add(new RemoteRepository.Builder(each.getId(), each.getLayout(), each.getUrl()).build());
                }
            }
        }
        new DefaultSuperPomProvider()
                .setModelProcessor(new DefaultModelProcessor()
                        .setModelLocator(new DefaultModelLocator())
                        .setModelReader(new DefaultModelReader()))
                .getSuperModel("4.0.0")
                .getRepositories()
                .forEach(each -> remote.add(
                        new RemoteRepository.Builder(each.getId(), each.getLayout(), each.getUrl()).build()));
        return remote;
    }

    /** The artifacts, {@code group:artifact[:extension[:classifier]]:version}, alone; {@code -group:artifact} names none. */
    List<Path> alone(List<String> coordinates) {
        List<Path> jars = new ArrayList<>();
        for (String each : coordinates) {
            if (!each.startsWith("-")) {
                jars.addAll(resolved.computeIfAbsent(List.of("alone", each), key -> List.of(one(each))));
            }
        }
        return jars;
    }

    private Path one(String coordinates) {
        try {
            return system.resolveArtifact(
                            session, new ArtifactRequest(new DefaultArtifact(coordinates), repositories, null))
                    .getArtifact()
                    .getFile()
                    .toPath();
        } catch (ArtifactResolutionException failed) {
            throw notFetched(coordinates, failed);
        }
    }

    /**
     * The artifacts with all that they need to run, but for those written {@code -group:artifact}. Conflicts go by nearness and order,
     * as Maven has them.
     */
    List<Path> withDependencies(List<String> coordinates) {
        return coordinates.isEmpty() ? List.of() : resolved.computeIfAbsent(coordinates, this::all);
    }

    private List<Path> all(List<String> coordinates) {
        List<Exclusion> without = new ArrayList<>();
        List<Dependency> wanted = new ArrayList<>();
        for (String each : coordinates) {
            if (each.startsWith("-")) {
                String[] parts = each.substring(1).split(":");
                without.add(new Exclusion(parts[0], parts[1], "*", "*"));
            } else {
                wanted.add(new Dependency(new DefaultArtifact(each), JavaScopes.RUNTIME));
            }
        }
        wanted.replaceAll(each -> each.setExclusions(without));
        CollectRequest collect = new CollectRequest(wanted, null, repositories);
        DependencyRequest request =
                new DependencyRequest(collect, DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME));
        try {
            return system.resolveDependencies(session, request).getArtifactResults().stream()
                    .map(result -> result.getArtifact())
                    .filter(artifact -> isJar(artifact))
                    .map(artifact -> artifact.getFile().toPath())
                    .toList();
        } catch (DependencyResolutionException failed) {
            throw notFetched(String.join(", ", coordinates), failed);
        }
    }

    private static boolean isJar(Artifact artifact) {
        return artifact.getExtension().toLowerCase(Locale.ROOT).equals("jar");
    }

    private IllegalStateException notFetched(String what, Exception failed) {
        return new IllegalStateException(
                what + " could not be fetched" + (session.isOffline() ? " (Maven is offline; run once without -o)" : "")
                        + ": " + failed.getMessage(),
                failed);
    }
}
