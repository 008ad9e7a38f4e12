package dev.headroom.dashboard;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Hangs up on those who let the dashboard wait: a request, head and body, is there within {@code headroom.ingest.slowest-request} of
 * its first byte, however many bytes come in between. A sender that was merely slow sends again. Connections on which nothing
 * happens are closed by {@code server.netty.idle-timeout}. Thread-safe; what it adds to a connection is for its event loop.
 */
@Component
class SlowRequests implements NettyServerCustomizer {
    private final Duration slowest;

    SlowRequests(@Value("${headroom.ingest.slowest-request}") Duration slowest) {
        this.slowest = slowest;
    }

    @Override
    public HttpServer apply(HttpServer server) {
        return server.doOnChannelInit((observer, channel, address) -> watch(channel));
    }

    private void watch(Channel channel) {
        if (channel.pipeline().get(NettyPipeline.HttpCodec) == null) {
            return;
        }
        Watch watch = new Watch(slowest);
        channel.pipeline().addBefore(NettyPipeline.HttpCodec, "headroom.begin", watch);
        channel.pipeline().addAfter(NettyPipeline.HttpCodec, "headroom.end", watch.new End());
    }

    /** Sees bytes as they come. */
    private static final class Watch extends ChannelInboundHandlerAdapter {
        private final Duration slowest;
        private @Nullable Future<?> alarm;

        Watch(Duration slowest) {
            this.slowest = slowest;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            if (alarm == null) {
                alarm = context.executor().schedule(() -> hangUp(context), slowest.toMillis(), TimeUnit.MILLISECONDS);
            }
            context.fireChannelRead(bytes);
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            calm();
        }

        private static void hangUp(ChannelHandlerContext context) {
            @SuppressWarnings("unused") // nobody waits for it
            Future<?> closing = context.close();
        }

        private void calm() {
            Future<?> set = alarm;
            if (set != null) {
                set.cancel(false);
                alarm = null;
            }
        }

        /** Sees what the bytes say. */
        private final class End extends ChannelInboundHandlerAdapter {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                if (message instanceof LastHttpContent) {
                    calm();
                }
                context.fireChannelRead(message);
            }
        }
    }
}
