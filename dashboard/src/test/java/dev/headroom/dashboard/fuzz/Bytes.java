package dev.headroom.dashboard.fuzz;

import java.util.Arrays;
import java.util.Random;

/** Damage as a bad line or disk does it: bits flipped, ends cut off, pieces doubled, lost or swapped. Stateless. */
public final class Bytes {
    private Bytes() {}

    /** At least one byte is other than it was, or gone, or new; the given ones stay as they are. */
    public static byte[] damaged(byte[] sound, Random random) {
        if (sound.length == 0) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        int from = random.nextInt(sound.length);
        int to = from + 1 + random.nextInt(Math.min(64, sound.length - from));
        return switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(sound, from);
            case 1 -> joined(Arrays.copyOf(sound, from), Arrays.copyOfRange(sound, to, sound.length));
            case 2 -> joined(Arrays.copyOf(sound, to), Arrays.copyOfRange(sound, from, sound.length));
            default -> flipped(sound, random);
        };
    }

    /** Up to four bits are the other way round. */
    public static byte[] flipped(byte[] sound, Random random) {
        byte[] flipped = sound.clone();
        for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private static byte[] joined(byte[] one, byte[] two) {
        byte[] both = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, both, one.length, two.length);
        return both;
    }
}
