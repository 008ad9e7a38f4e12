package dev.headroom.harmless;

import java.nio.file.Files;
import java.util.Collections;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** WebSockets on Tomcat. */
final class TomcatSocketScenario implements EveryHook.Scenario {
    @Override
    public void play(Transcript transcript) throws Exception {
        Tomcat tomcat = new Tomcat();
        String folder = Files.createTempDirectory("tomcat").toString();
        tomcat.setBaseDir(folder);
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", folder);
        context.setParentClassLoader(SocketScript.class.getClassLoader());
        tomcat.addServlet("", "files", "org.apache.catalina.servlets.DefaultServlet")
                .addMapping("/");
        context.addServletContainerInitializer(new WsSci(), Collections.singleton(SocketScript.Echo.class));
        tomcat.start();
        try {
            SocketScript.play(transcript, tomcat.getConnector().getLocalPort(), false);
        } finally {
            tomcat.stop();
            tomcat.destroy();
        }
    }
}
