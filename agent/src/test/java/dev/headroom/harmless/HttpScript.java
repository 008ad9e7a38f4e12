package dev.headroom.harmless;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A web server of few words: /missing is 404, /redirect leads to /found, /cut ends in the middle, all else is 200. */
final class HttpScript implements WireServer.Script {
    @Override
    public boolean answer(InputStream in, OutputStream out) throws IOException {
        String request = WireServer.line(in);
        if (request == null) {
            return false;
        }
        int length = 0;
        for (String header = WireServer.line(in); header != null && !header.isEmpty(); header = WireServer.line(in)) {
            if (header.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring("content-length:".length()).trim());
            }
        }
        in.readNBytes(length);
        String path = request.split(" ")[1];
        String status = path.equals("/missing") ? "404 Not Found" : path.equals("/redirect") ? "302 Found" : "200 OK";
        String body = path.equals("/redirect") ? "" : "you asked for " + path;
        String head = "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length()
                + (path.equals("/redirect") ? "\r\nLocation: /found" : "") + "\r\n\r\n";
        out.write((head + (path.equals("/cut") ? "you" : body)).getBytes(StandardCharsets.US_ASCII));
        return !path.equals("/cut");
    }
}
