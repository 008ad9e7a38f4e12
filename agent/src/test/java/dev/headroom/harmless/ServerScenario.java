package dev.headroom.harmless;

/**
 * A server of five pages: /hello tells what it was sent, /refuse is 503, /fail throws, /later is answered by another thread, all else is
 * not there.
 */
abstract class ServerScenario implements EveryHook.Scenario {
    static final String HELLO = "/hello";
    static final String REFUSE = "/refuse";
    static final String FAIL = "/fail";
    static final String LATER = "/later";

    /** Starts on a free port of this machine alone, and returns it. */
    abstract int start() throws Exception;

    abstract void stop() throws Exception;

    @Override
    public final void play(Transcript transcript) throws Exception {
        int port = start();
        try {
            for (int i = 0; i < EveryHook.TIMES; i++) {
                transcript.say(WebRequest.ask(port, "GET " + HELLO, ""));
                transcript.say(WebRequest.ask(port, "POST " + HELLO, "body " + i));
                for (String path : new String[] {REFUSE, FAIL, LATER, "/nothing"}) {
                    transcript.say(path + ": " + WebRequest.ask(port, "GET " + path, ""));
                }
            }
            transcript.say(WebRequest.send(port, "nonsense\r\n\r\n"));
        } finally {
            stop();
        }
    }

    /** What /fail throws. */
    static RuntimeException failure() {
        return new UnsupportedOperationException("asked for");
    }
}
