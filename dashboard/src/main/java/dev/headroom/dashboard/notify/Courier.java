package dev.headroom.dashboard.notify;

/** Takes one message to one recipient, once. Thread-safe; blocks for half a minute at most; never throws otherwise. */
interface Courier {
    Outcome deliver(Digest digest, Recipient recipient) throws InterruptedException;
}
