package dev.headroom.core.weave;

import java.util.Arrays;

/**
 * Walks the constant pool of a class file without making an object. This is what every class of an application pays, so it is
 * the filter before everything dearer. Stateless.
 */
final class ConstantPool {
    static final int UTF8 = 1;
    static final int CLASS = 7;

    private static final int FIRST_ENTRY = 10;

    private ConstantPool() {}

    /**
     * Whether the bytes occur anywhere, which most classes answer with no after a look at every ninth byte: the skipping search of
     * Boyer, Moore and Horspool.
     *
     * @param skips what {@link #skips} gives for the text
     */
    static boolean contains(byte[] classFile, byte[] text, byte[] skips) {
        int last = text.length - 1;
        byte lastByte = text[last];
        int at = last;
        while (at < classFile.length) {
            byte found = classFile[at];
            if (found == lastByte && matches(classFile, at - last, text)) {
                return true;
            }
            at += skips[found & 0xFF];
        }
        return false;
    }

    /** How far a search for the text may go on from each byte that it meets at the text's end. */
    static byte[] skips(byte[] text) {
        byte[] skips = new byte[256];
        Arrays.fill(skips, (byte) Math.min(text.length, Byte.MAX_VALUE));
        for (int i = 0; i < text.length - 1; i++) {
            skips[text[i] & 0xFF] = (byte) Math.min(text.length - 1 - i, Byte.MAX_VALUE);
        }
        return skips;
    }

    /**
     * Whether a text constant starts with one of the prefixes, or is a method descriptor (starts with a parenthesis) that contains
     * one. A class that declares a method of JDBC mentions {@code java/sql/} this way; about three classes in a hundred do.
     *
     * @return false too for what is no class file or has an unknown constant
     */
    static boolean mentions(byte[] classFile, byte[][] prefixes) {
        if (prefixes.length == 0 || classFile.length < FIRST_ENTRY) {
            return false;
        }
        int size = unsignedShort(classFile, FIRST_ENTRY - 2);
        int at = FIRST_ENTRY;
        for (int i = 1; i < size; i++) {
            if (at + 2 >= classFile.length) {
                return false;
            }
            int tag = classFile[at];
            if (tag == UTF8) {
                int length = unsignedShort(classFile, at + 1);
                if (mentions(classFile, at + 3, length, prefixes)) {
                    return true;
                }
                at += 3 + length;
            } else {
                int body = bodyBytes(tag);
                if (body < 0) {
                    return false;
                }
                at += 1 + body;
                if (takesTwoSlots(tag)) {
                    i++;
                }
            }
        }
        return false;
    }

    private static boolean mentions(byte[] classFile, int start, int length, byte[][] prefixes) {
        if (length == 0 || start + length > classFile.length) {
            return false;
        }
        if (classFile[start] == '(') {
            return mentionsAfterL(classFile, start, start + length, prefixes);
        }
        return startsWithAny(classFile, start, start + length, prefixes);
    }

    /** A class in a descriptor stands behind an L and ends with a semicolon. */
    private static boolean mentionsAfterL(byte[] classFile, int start, int end, byte[][] prefixes) {
        for (int at = start + 1; at < end; at++) {
            if (classFile[at] == 'L') {
                if (startsWithAny(classFile, at + 1, end, prefixes)) {
                    return true;
                }
                while (at < end && classFile[at] != ';') {
                    at++;
                }
            }
        }
        return false;
    }

    private static boolean startsWithAny(byte[] classFile, int start, int end, byte[][] prefixes) {
        for (byte[] prefix : prefixes) {
            if (prefix.length <= end - start && matches(classFile, start, prefix)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] classFile, int start, byte[] prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if (classFile[start + i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    static int unsignedShort(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
    }

    /** Bytes after the tag, for all but text constants; negative when the tag is not known (JVMS 4.4). */
    static int bodyBytes(int tag) {
        switch (tag) {
            case CLASS:
            case 8: // String
            case 16: // MethodType
            case 19: // Module
            case 20: // Package
                return 2;
            case 15: // MethodHandle
                return 3;
            case 3: // Integer
            case 4: // Float
            case 9: // Fieldref
            case 10: // Methodref
            case 11: // InterfaceMethodref
            case 12: // NameAndType
            case 17: // Dynamic
            case 18: // InvokeDynamic
                return 4;
            case 5: // Long
            case 6: // Double
                return 8;
            default:
                return -1;
        }
    }

    static boolean takesTwoSlots(int tag) {
        return tag == 5 || tag == 6;
    }
}
