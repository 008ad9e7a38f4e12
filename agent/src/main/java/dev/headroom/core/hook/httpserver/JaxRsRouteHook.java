package dev.headroom.core.hook.httpserver;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Getter;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.hook.WeakIdentityMap;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.PerThread;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * Tells the request which {@code @Path} templates Jersey, RESTEasy or Quarkus REST matched, sub-resources included, behind the path under which the
 * application is served. Times nothing.
 */
public final class JaxRsRouteHook extends Hook {
    private static final String RESTEASY = "org.jboss.resteasy.core.Resource";
    private static final String HTTP_REQUEST = "org.jboss.resteasy.spi.HttpRequest";
    private static final String HTTP_RESPONSE = "org.jboss.resteasy.spi.HttpResponse";
    private static final String REACTIVE = "org.jboss.resteasy.reactive.server.";

    public JaxRsRouteHook(Recorder recorder) {
        super(
                "jax-rs",
                "org.glassfish.jersey.core:jersey-server, org.jboss.resteasy:resteasy-core, org.jboss.resteasy:resteasy-jaxrs, "
                        + "io.quarkus.resteasy.reactive:resteasy-reactive",
                "Jersey 2 to 4, RESTEasy 3 to 6, Quarkus REST 2 to 3");
        PathTemplates templates = new PathTemplates();
        type("org.glassfish.jersey.server.model.internal.AbstractJavaResourceMethodDispatcher")
                .weave(method("dispatch", "java.lang.Object", "org.glassfish.jersey.server.ContainerRequest")
                        .advice(Advices.TIMED_ARGUMENTS)
                        .probe(new Dispatched(templates)));
        LocatorPaths locators = new LocatorPaths(templates);
        type(RESTEASY + "LocatorInvoker")
                .weave(method("invokeOnTargetObject", HTTP_REQUEST, HTTP_RESPONSE, "java.lang.Object")
                        .needs(RESTEASY + "LocatorInvoker", "method")
                        .advice(nested("Locating"))
                        .probe(locators));
        type(RESTEASY + "MethodInvoker")
                .weave(method("invokeOnTarget", HTTP_REQUEST, HTTP_RESPONSE, "java.lang.Object")
                        .needs(RESTEASY + "MethodInvoker", "method")
                        .advice(nested("Invoking"))
                        .probe(new Invoked(templates, locators)));
        type(REACTIVE + "core.ResteasyReactiveRequestContext")
                .weave(method("restart", REACTIVE + "mapping.RuntimeResource", "boolean")
                        .advice(nested("Restarted"))
                        .probe(new Found(templates, recorder)));
    }

    /** The locator's description; what it leads to is invoked within. */
    static final class Locating {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter(@HookId int hook, @Advice.FieldValue("method") Object locator) {
            return HeadroomBridge.live.enter(hook, locator, null, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.Enter Object token) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, null, null);
            }
        }
    }

    /** The method's description and the request. */
    static final class Invoking {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook,
                @Advice.FieldValue("method") Object method,
                @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object request) {
            HeadroomBridge.live.enter(hook, method, request, null);
        }
    }

    /** The request and the resource that it goes on with, twice when the one before has located it. */
    static final class Restarted {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook,
                @Advice.This Object request,
                @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object resource,
                @Advice.Argument(1) boolean located) {
            HeadroomBridge.live.enter(hook, request, resource, located ? resource : null);
        }
    }

    private static void tell(RequestScope request, String route) {
        if (request.route() == null) {
            request.route(route);
        }
    }

    private static String base(@Nullable Object uri) {
        String path = uri instanceof URI ? ((URI) uri).getRawPath() : null;
        return path == null ? "" : path;
    }

    /** Jersey calls the resource's method: second the request, which knows its templates, the innermost first. */
    private static final class Dispatched extends Probe {
        private final PathTemplates templates;
        private final Getter uriInfo = new Getter("getUriInfo");
        private final Getter matched = new Getter("getMatchedTemplates");
        private final Getter template = new Getter("getTemplate");
        private final Getter base = new Getter("getBaseUri");

        Dispatched(PathTemplates templates) {
            this.templates = templates;
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            RequestScope request = CallStack.current().request();
            Object all = request.active() ? matched.of(uriInfo.of(b)) : null;
            if (all instanceof List) {
                List<?> found = (List<?>) all;
                String route = templates.join(base(base.of(b)), "");
                for (int i = found.size() - 1; i >= 0; i--) {
                    String next = template.text(found.get(i));
                    route = templates.join(route, next == null ? "" : next);
                }
                tell(request, route);
            }
            return null;
        }
    }

    /** RESTEasy's locators that lead to what the calling thread invokes. */
    private static final class LocatorPaths extends Probe {
        private static final int MAX_DEPTH = 16;

        private final PathTemplates templates;
        private final Getter path = new Getter("getFullpath");

        private final PerThread<Located> threads = new PerThread<Located>() {
            @Override
            protected Located initial() {
                return new Located();
            }
        };

        LocatorPaths(PathTemplates templates) {
            this.templates = templates;
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            Located thread = threads.get().settled();
            if (thread.depth == MAX_DEPTH) {
                return null;
            }
            String own = path.text(self);
            thread.paths[thread.depth] = templates.join(thread.path(), own == null ? "" : own);
            thread.depth++;
            return thread;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            Located thread = (Located) token;
            thread.depth = Math.max(0, thread.depth - 1);
        }

        String path() {
            return threads.get().settled().path();
        }

        /** Of one thread. */
        private static final class Located {
            final String[] paths = new String[MAX_DEPTH];
            int depth;
            private int abandoned;

            Located() {
                Arrays.fill(paths, "");
            }

            /** After a failure of the agent's nobody knows what is still open. */
            Located settled() {
                int now = CallStack.current().abandoned();
                depth = now == abandoned ? depth : 0;
                abandoned = now;
                return this;
            }

            String path() {
                return depth == 0 ? "" : paths[depth - 1];
            }
        }
    }

    /** RESTEasy calls the resource's method: its description and the request. */
    private static final class Invoked extends Probe {
        private final PathTemplates templates;
        private final LocatorPaths locators;
        private final Getter path = new Getter("getFullpath");
        private final Getter uriInfo = new Getter("getUri");
        private final Getter base = new Getter("getBaseUri");

        Invoked(PathTemplates templates, LocatorPaths locators) {
            this.templates = templates;
            this.locators = locators;
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            RequestScope request = CallStack.current().request();
            String own = request.active() ? path.text(self) : null;
            if (own != null) {
                String served = templates.join(base(base.of(uriInfo.of(a))), "");
                tell(request, templates.join(templates.join(served, locators.path()), own));
            }
            return null;
        }
    }

    /**
     * Quarkus REST goes on with a resource's method or a locator, which has no method of HTTP: the request, the resource, and again when
     * the locator before led to it. A second method of the same path, chosen by media type, changes nothing.
     */
    private static final class Found extends Probe {
        private static final int MAX_LOCATING = 10_000;

        private final PathTemplates templates;
        private final WeakIdentityMap<String> locating = new WeakIdentityMap<>(MAX_LOCATING);
        private final Getter deployment = new Getter("getDeployment");
        private final Getter prefix = new Getter("getPrefix");
        private final Getter httpMethod = new Getter("getHttpMethod");
        private final Getter classPath = new Getter("getClassPath");
        private final Getter path = new Getter("getPath");
        private final Getter template = Getter.ofField("template");

        Found(PathTemplates templates, Recorder recorder) {
            this.templates = templates;
            recorder.gauges(sink -> locating.purge());
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object resource, @Nullable Object located) {
            RequestScope request = CallStack.current().request();
            if (self == null || !request.active()) {
                return null;
            }
            String before = locating.remove(self);
            if (located == null) {
                String served = prefix.text(deployment.of(self));
                before = joined(templates.join(served == null ? "" : served, ""), classPath.of(resource));
            }
            String route = joined(before == null ? "" : before, path.of(resource));
            if (httpMethod.of(resource) == null) {
                locating.put(self, route);
            } else {
                tell(request, route);
            }
            return null;
        }

        private String joined(String first, @Nullable Object second) {
            String text = template.text(second);
            return text == null ? first : templates.join(first, text);
        }
    }
}
