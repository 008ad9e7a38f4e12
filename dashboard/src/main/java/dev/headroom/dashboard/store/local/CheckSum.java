package dev.headroom.dashboard.store.local;

import java.util.zip.CRC32C;

/** Four bytes at the end of a blob that tell whether it is what was written; SQLite itself does not look. Stateless. */
final class CheckSum {
    static final int BYTES = 4;

    private CheckSum() {}

    /** The writer's bytes with their sum. */
    static byte[] close(BlobWriter out) {
        int length = out.length();
        byte[] bytes = out.int32(0).toByteArray();
        int sum = sum(bytes, length);
        for (int i = 0; i < BYTES; i++) {
            bytes[length + i] = (byte) (sum >>> (8 * i));
        }
        return bytes;
    }

    private static int sum(byte[] bytes, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }

    /**
     * A reader of the bytes without the sum.
     *
     * @throws DamagedRowException when they are not what was written
     */
    static BlobReader open(byte[] bytes) {
        int length = bytes.length - BYTES;
        int stored = 0;
        for (int i = 0; i < BYTES && length >= 0; i++) {
            stored |= (bytes[length + i] & 0xFF) << (8 * i);
        }
        if (length < 0 || sum(bytes, length) != stored) {
            throw new DamagedRowException("the check sum of " + bytes.length + " bytes is wrong");
        }
        return new BlobReader(bytes, 0, length);
    }
}
