package dev.headroom.core.weave;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a class file says about itself before any code: its names, parents and members, read without loading anything. Knows the
 * constant-pool tags up to class version 71 and none of the attributes. Immutable and thread-safe.
 */
final class ClassHeader {
    static final int ACC_BRIDGE = 0x0040;
    static final int ACC_NATIVE = 0x0100;
    static final int ACC_INTERFACE = 0x0200;
    static final int ACC_ABSTRACT = 0x0400;

    private static final int MAGIC = 0xCAFEBABE;

    private final int access;
    private final String name;
    private final @Nullable String superName;
    private final List<String> interfaces;
    private final List<Member> fields;
    private final List<Member> methods;

    private ClassHeader(
            int access,
            String name,
            @Nullable String superName,
            List<String> interfaces,
            List<Member> fields,
            List<Member> methods) {
        this.access = access;
        this.name = name;
        this.superName = superName;
        this.interfaces = Collections.unmodifiableList(interfaces);
        this.fields = fields;
        this.methods = methods;
    }

    /** @throws IOException if these bytes are no class file, or one of a form not known here */
    static ClassHeader read(byte[] classFile) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
        if (in.readInt() != MAGIC) {
            throw new IOException("not a class file");
        }
        in.readInt();
        int size = in.readUnsignedShort();
        String[] texts = new String[size];
        int[] classNames = new int[size];
        for (int i = 1; i < size; i++) {
            int tag = in.readUnsignedByte();
            if (tag == ConstantPool.UTF8) {
                texts[i] = in.readUTF();
            } else if (tag == ConstantPool.CLASS) {
                classNames[i] = in.readUnsignedShort();
            } else {
                skip(in, ConstantPool.bodyBytes(tag));
                if (ConstantPool.takesTwoSlots(tag)) {
                    i++;
                }
            }
        }
        int access = in.readUnsignedShort();
        String name = texts[classNames[in.readUnsignedShort()]];
        int parent = in.readUnsignedShort();
        String superName = parent == 0 ? null : texts[classNames[parent]];
        List<String> interfaces = new ArrayList<>();
        for (int i = in.readUnsignedShort(); i > 0; i--) {
            interfaces.add(texts[classNames[in.readUnsignedShort()]]);
        }
        return new ClassHeader(access, name, superName, interfaces, members(in, texts), members(in, texts));
    }

    private static List<Member> members(DataInputStream in, String[] texts) throws IOException {
        int size = in.readUnsignedShort();
        List<Member> members = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int access = in.readUnsignedShort();
            members.add(new Member(access, texts[in.readUnsignedShort()], texts[in.readUnsignedShort()]));
            for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                in.readUnsignedShort();
                skip(in, in.readInt());
            }
        }
        return Collections.unmodifiableList(members);
    }

    private static void skip(DataInputStream in, int bytes) throws IOException {
        if (bytes < 0 || in.skipBytes(bytes) != bytes) {
            throw new IOException("class file ends early");
        }
    }

    /** Internal name, with slashes. */
    String name() {
        return name;
    }

    /** Internal name; null for java/lang/Object. */
    @Nullable
    String superName() {
        return superName;
    }

    /** Internal names. */
    List<String> interfaces() {
        return interfaces;
    }

    boolean isInterface() {
        return (access & ACC_INTERFACE) != 0;
    }

    List<Member> methods() {
        return methods;
    }

    /** Whether a field or method of that name is declared here; inherited ones do not count. */
    boolean declares(String memberName) {
        return named(fields, memberName) || named(methods, memberName);
    }

    private static boolean named(List<Member> members, String memberName) {
        for (Member member : members) {
            if (member.name.equals(memberName)) {
                return true;
            }
        }
        return false;
    }

    /** A field or method as declared. */
    static final class Member {
        private final int access;
        private final String name;
        private final String descriptor;

        Member(int access, String name, String descriptor) {
            this.access = access;
            this.name = name;
            this.descriptor = descriptor;
        }

        String name() {
            return name;
        }

        String descriptor() {
            return descriptor;
        }

        /** A method with code of its own: not abstract, not native, not a compiler's bridge to another. */
        boolean hasOwnCode() {
            return (access & (ACC_ABSTRACT | ACC_NATIVE | ACC_BRIDGE)) == 0;
        }
    }
}
