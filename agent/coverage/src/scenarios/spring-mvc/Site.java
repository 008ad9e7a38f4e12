import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Spring MVC of any generation on Tomcat, its beans made by hand: old versions cannot read today's class files. */
public final class Site {
    private static final Tomcat TOMCAT = new Tomcat();

    private Site() {}

    static int start() throws Exception {
        String folder = Files.createTempDirectory("tomcat").toString();
        TOMCAT.setBaseDir(folder);
        TOMCAT.setPort(0);
        TOMCAT.getConnector().setProperty("address", "127.0.0.1");
        Context context = TOMCAT.addContext("", folder);
        GenericWebApplicationContext beans = new GenericWebApplicationContext();
        beans.registerBeanDefinition("mapping", new RootBeanDefinition(RequestMappingHandlerMapping.class));
        beans.registerBeanDefinition("adapter", new RootBeanDefinition(RequestMappingHandlerAdapter.class));
        beans.registerBeanDefinition("pages", new RootBeanDefinition(Pages.class));
        Wrapper spring = Tomcat.addServlet(context, "spring", new DispatcherServlet(beans));
        spring.setAsyncSupported(true);
        spring.setLoadOnStartup(1);
        spring.addMapping("/");
        TOMCAT.start();
        return TOMCAT.getConnector().getLocalPort();
    }

    static void stop() throws Exception {
        TOMCAT.stop();
    }

    static String route(String page) {
        switch (page) {
            case "/later":
                return "/{when}";
            case "/nothing/here":
                return "unmatched";
            default:
                return page;
        }
    }

    static int failStatus() {
        return 500;
    }

    static String failure() {
        return "java.lang.UnsupportedOperationException";
    }

    static int statements() {
        return Page.statements();
    }

    static void settled() {}

    @Controller
    public static class Pages {
        @RequestMapping("/hello")
        @ResponseBody
        public String hello() {
            return "hello";
        }

        @RequestMapping(value = "/hello", method = RequestMethod.POST)
        public ResponseEntity<String> made() {
            return new ResponseEntity<>("hello", HttpStatus.CREATED);
        }

        @RequestMapping("/refuse")
        public ResponseEntity<String> refuse() {
            return new ResponseEntity<>(HttpStatus.SERVICE_UNAVAILABLE);
        }

        @RequestMapping("/fail")
        public ResponseEntity<String> fail() {
            throw new UnsupportedOperationException("asked for");
        }

        @RequestMapping("/slow")
        @ResponseBody
        public String slow() {
            Page.pause(200);
            return "slow";
        }

        @RequestMapping("/{when}")
        @ResponseBody
        public DeferredResult<String> later(@PathVariable("when") String when) {
            DeferredResult<String> result = new DeferredResult<>();
            Page.LATER.schedule(() -> result.setResult(when), 200, TimeUnit.MILLISECONDS);
            return result;
        }

        /** On a thread of Spring's. */
        @RequestMapping("/work")
        @ResponseBody
        public Callable<String> work() {
            return Page::work;
        }

        @RequestMapping("/events")
        public void events(OutputStream out) throws IOException {
            for (int i = 1; i <= 3; i++) {
                out.write(("data: " + i + "\n\n").getBytes(StandardCharsets.US_ASCII));
                out.flush();
                Page.pause(30);
            }
        }

        @RequestMapping("/endless")
        public void endless(OutputStream out) throws IOException {
            try {
                while (true) {
                    out.write(Page.LINE);
                    out.flush();
                    Page.pause(1);
                }
            } finally {
                Page.giveUp();
            }
        }
    }
}
