package dev.headroom.harmless;

import io.undertow.Undertow;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import java.net.InetSocketAddress;

/** WebSockets on Undertow. */
final class UndertowSocketScenario implements EveryHook.Scenario {
    @Override
    public void play(Transcript transcript) throws Exception {
        WebSocketDeploymentInfo sockets = new WebSocketDeploymentInfo()
                .setBuffers(new DefaultByteBufferPool(false, 1_024))
                .addEndpoint(SocketScript.Echo.class);
        DeploymentInfo site = Servlets.deployment()
                .setClassLoader(SocketScript.class.getClassLoader())
                .setContextPath("/")
                .setDeploymentName("site")
                .addServletContextAttribute(WebSocketDeploymentInfo.ATTRIBUTE_NAME, sockets);
        DeploymentManager manager = Servlets.newContainer().addDeployment(site);
        manager.deploy();
        Undertow server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(manager.start())
                .setWorkerThreads(2)
                .build();
        server.start();
        try {
            InetSocketAddress address =
                    (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
            SocketScript.play(transcript, address.getPort(), true);
        } finally {
            server.stop();
        }
    }
}
