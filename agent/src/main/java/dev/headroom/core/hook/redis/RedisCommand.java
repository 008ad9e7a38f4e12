package dev.headroom.core.hook.redis;

/** What is known about a Redis command: where its first key is and what its reply says about a lookup. Immutable. */
final class RedisCommand {
    /** What a reply says about a lookup; see the table in RATIONALE.md. */
    enum Lookup {
        NONE,
        /** One lookup; nil is a miss, an empty string is a hit. */
        VALUE,
        /** One lookup for each element of the reply. */
        ELEMENTS,
        /** One lookup for each argument; the reply counts the hits. */
        COUNT,
        /** One lookup; Redis deletes empty aggregates, so an empty reply is a miss. */
        AGGREGATE,
        /** As {@link #AGGREGATE}, when the whole range 0 to -1 is asked for; else no lookup. */
        FULL_RANGE,
        /** A question about membership, one or a list of 0 and 1: counted apart. */
        MEMBERSHIP
    }

    /** What a command does to the conversation. */
    enum Role {
        PLAIN,
        MULTI,
        EXEC,
        DISCARD,
        SUBSCRIBE,
        MONITOR,
        CLIENT
    }

    /** What a command says of the entry that it writes, and which of its arguments says it. */
    enum Write {
        NONE,
        /** Value, then options. */
        SET,
        /** Value, no lifetime. */
        VALUE,
        /** Seconds, value. */
        SECONDS_VALUE,
        /** Milliseconds, value. */
        MILLIS_VALUE,
        /** Seconds for an entry that is there. */
        SECONDS,
        MILLIS,
        /** Unix time in seconds, at which an entry that is there ends. */
        UNTIL_SECONDS,
        UNTIL_MILLIS;

        /** Whether it writes a value, and does not only tell when one ends. */
        boolean writesValue() {
            return this == SET || this == VALUE || this == SECONDS_VALUE || this == MILLIS_VALUE;
        }

        static Write of(String command) {
            switch (command) {
                case "SET":
                    return SET;
                case "SETNX":
                case "GETSET":
                    return VALUE;
                case "SETEX":
                    return SECONDS_VALUE;
                case "PSETEX":
                    return MILLIS_VALUE;
                case "EXPIRE":
                    return SECONDS;
                case "PEXPIRE":
                    return MILLIS;
                case "EXPIREAT":
                    return UNTIL_SECONDS;
                case "PEXPIREAT":
                    return UNTIL_MILLIS;
                default:
                    return NONE;
            }
        }
    }

    /** The command has no key. */
    static final int NO_KEY = -1;

    /** The first key follows the word STREAMS. */
    static final int AFTER_STREAMS = -2;

    private final String name;
    private final byte[] word;
    final int keyAt;
    /** The argument that holds the number of keys, or -1: where it is 0 there is no key. */
    final int keyCountAt;

    final Lookup lookup;
    final Role role;
    final boolean blocking;
    final Write write;

    RedisCommand(String name, int keyAt, int keyCountAt, Lookup lookup, Role role, boolean blocking) {
        this.name = name;
        this.word = new byte[name.length()];
        for (int i = 0; i < word.length; i++) {
            word[i] = (byte) name.charAt(i);
        }
        this.keyAt = keyAt;
        this.keyCountAt = keyCountAt;
        this.lookup = lookup;
        this.role = role;
        this.blocking = blocking;
        this.write = Write.of(name);
    }

    /** As Redis' own statistics name it, in capitals. */
    String commandName() {
        return name;
    }

    /** Whether these bytes are this command, whatever their case. */
    boolean is(byte[] bytes, int from, int to) {
        if (to - from != word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (word[i] != upper(bytes[from + i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether it reads elements of a collection, as many as there are or as it wants. */
    boolean collection() {
        return lookup == Lookup.AGGREGATE || lookup == Lookup.FULL_RANGE;
    }

    boolean is(String spelled) {
        return name.equals(spelled);
    }

    static int hash(byte[] bytes, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + upper(bytes[i]);
        }
        return hash;
    }

    static int hash(String word) {
        int hash = 1;
        for (int i = 0; i < word.length(); i++) {
            hash = hash * 31 + upper((byte) word.charAt(i));
        }
        return hash;
    }

    static byte upper(byte c) {
        return c >= 'a' && c <= 'z' ? (byte) (c - 32) : c;
    }
}
