package dev.headroom.dashboard;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.http.server.HttpServer;

/**
 * Reads every connection once a second, asked or not. Reactor Netty 1.3.7 reads on demand and forgets to, now and then, when a
 * request comes before the one before it is wholly over: the connection then stays open and silent for ever
 * (https://github.com/reactor/reactor-netty/issues/4361). A sender of a thousand requests in a row meets it. A read that is pending
 * anyway costs nothing. Thread-safe; goes when Reactor Netty is newer.
 */
@Component
class StalledConnections implements NettyServerCustomizer {
    private static final long EVERY_MILLIS = 1_000;

    @Override
    public HttpServer apply(HttpServer server) {
        return server.doOnChannelInit((observer, channel, address) -> awaken(channel));
    }

    private static void awaken(Channel channel) {
        channel.pipeline().addFirst("headroom.awake", new Reading());
    }

    private static final class Reading extends ChannelInboundHandlerAdapter {
        private @Nullable Future<?> reads;

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            reads = context.executor()
                    .scheduleWithFixedDelay(context::read, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            Future<?> scheduled = reads;
            if (scheduled != null) {
                scheduled.cancel(false);
            }
        }
    }
}
