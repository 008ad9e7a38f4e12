package dev.headroom.examples;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A Redis that knows no key: it answers one client with nil, or with OK where a client tells of itself. */
final class NilRedis implements AutoCloseable {
    private final ServerSocket server;

    NilRedis() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "nil-redis");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve() {
        try (Socket client = server.accept()) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            while (true) {
                int words = number(in);
                String first = "";
                for (int i = 0; i < words; i++) {
                    byte[] word = new byte[number(in)];
                    in.readFully(word);
                    in.readFully(new byte[2]);
                    first = i == 0 ? new String(word, StandardCharsets.US_ASCII) : first;
                }
                String answer = first.equals("GET") ? "$-1\r\n" : "+OK\r\n";
                client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            }
        } catch (EOFException | SocketException closed) {
            // the client is done
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The number of a line such as {@code *2} or {@code $3}. */
    private static int number(DataInputStream in) throws IOException {
        int number = 0;
        in.readByte();
        for (int c = in.readByte(); c != '\n'; c = in.readByte()) {
            number = c == '\r' ? number : number * 10 + c - '0';
        }
        return number;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
