package dev.headroom.harmless;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Redis by heart: what is asked of GET decides the answer; hangs up at key "hang-up", never answers "silence". */
final class RedisScript implements WireServer.Script {
    private int queued = -1;

    @Override
    public boolean answer(InputStream in, OutputStream out) throws IOException {
        String count = WireServer.line(in);
        if (count == null) {
            return false;
        }
        List<String> words = new ArrayList<>();
        for (int i = Integer.parseInt(count.substring(1)); i > 0; i--) {
            int length = Integer.parseInt(WireServer.line(in).substring(1));
            words.add(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
            WireServer.line(in);
        }
        String key = words.size() > 1 ? words.get(1) : "";
        if (key.equals("hang-up")) {
            return false;
        }
        if (!key.equals("silence")) {
            out.write(reply(words.get(0).toUpperCase(Locale.ROOT), key).getBytes(StandardCharsets.ISO_8859_1));
        }
        return true;
    }

    private String reply(String command, String key) {
        if (command.equals("MULTI")) {
            queued = 0;
            return "+OK\r\n";
        }
        if (command.equals("EXEC")) {
            String replies = "*" + queued + "\r\n" + "$1\r\nx\r\n".repeat(queued);
            queued = -1;
            return replies;
        }
        if (queued >= 0) {
            queued++;
            return "+QUEUED\r\n";
        }
        if (command.equals("GET")) {
            return key.startsWith("none") ? "$-1\r\n" : "$" + key.length() + "\r\n" + key + "\r\n";
        }
        if (command.equals("INCR")) {
            return key.equals("text") ? "-WRONGTYPE not a number\r\n" : ":1\r\n";
        }
        return command.equals("MGET") ? "*2\r\n$1\r\na\r\n$-1\r\n" : "+OK\r\n";
    }
}
