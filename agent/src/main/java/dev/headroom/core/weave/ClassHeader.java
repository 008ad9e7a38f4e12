package dev.headroom.core.weave;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a class file says about itself before any code: its names, parents and members, read without loading anything. Knows the
 * constant-pool tags up to class version 72 and of the attributes only where a method's code states its size. Immutable and
 * thread-safe; keeps no reference to the class file.
 */
final class ClassHeader {
    static final int ACC_PRIVATE = 0x0002;
    static final int ACC_STATIC = 0x0008;
    static final int ACC_BRIDGE = 0x0040;
    static final int ACC_NATIVE = 0x0100;
    static final int ACC_INTERFACE = 0x0200;
    static final int ACC_ABSTRACT = 0x0400;

    private final int access;
    private final String name;
    private final @Nullable String superName;
    private final List<String> interfaces;
    private final List<Member> fields;
    private final List<Member> methods;

    private ClassHeader(Reading in) throws IOException {
        access = in.unsignedShort();
        name = in.className(in.unsignedShort());
        int parent = in.unsignedShort();
        superName = parent == 0 ? null : in.className(parent);
        List<String> named = new ArrayList<>();
        for (int i = in.unsignedShort(); i > 0; i--) {
            named.add(in.className(in.unsignedShort()));
        }
        interfaces = Collections.unmodifiableList(named);
        fields = in.members();
        methods = in.members();
    }

    /** @throws IOException if these bytes are no class file, or one of a form not known here */
    static ClassHeader read(byte[] classFile) throws IOException {
        try {
            return new ClassHeader(new Reading(classFile));
        } catch (IndexOutOfBoundsException tooShort) {
            throw new IOException("class file ends early", tooShort);
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
        return named(fields, memberName) != null || named(methods, memberName) != null;
    }

    /** The field of that name that is declared here, or null. */
    @Nullable
    Member field(String fieldName) {
        return named(fields, fieldName);
    }

    /** Slots of local variables that a method's code uses; 0 for one without code or not declared here. */
    int maxLocals(String methodName, String descriptor) {
        for (Member method : methods) {
            if (method.name.equals(methodName) && method.descriptor.equals(descriptor)) {
                return method.maxLocals;
            }
        }
        return 0;
    }

    private static @Nullable Member named(List<Member> members, String memberName) {
        for (Member member : members) {
            if (member.name.equals(memberName)) {
                return member;
            }
        }
        return null;
    }

    /** A field or method as declared. */
    static final class Member {
        private final int access;
        private final String name;
        private final String descriptor;
        private final int maxLocals;

        Member(int access, String name, String descriptor, int maxLocals) {
            this.access = access;
            this.name = name;
            this.descriptor = descriptor;
            this.maxLocals = maxLocals;
        }

        String name() {
            return name;
        }

        String descriptor() {
            return descriptor;
        }

        boolean isPrivate() {
            return (access & ACC_PRIVATE) != 0;
        }

        boolean isStatic() {
            return (access & ACC_STATIC) != 0;
        }

        /** A method with code of its own: not abstract, not native, not a compiler's bridge to another. */
        boolean hasOwnCode() {
            return (access & (ACC_ABSTRACT | ACC_NATIVE | ACC_BRIDGE)) == 0;
        }
    }

    /** A walk through a class file; turns text into strings where it is asked for. */
    private static final class Reading {
        private static final int MAGIC = 0xCAFEBABE;
        private static final String CODE = "Code";

        private final byte[] classFile;
        /** Where each constant's body begins. */
        private final int[] constants;

        private final @Nullable String[] texts;
        private int at;

        Reading(byte[] classFile) throws IOException {
            this.classFile = classFile;
            if (integer(0) != MAGIC) {
                throw new IOException("not a class file");
            }
            at = 8;
            int size = unsignedShort();
            constants = new int[size];
            texts = new String[size];
            for (int i = 1; i < size; i++) {
                int tag = classFile[at++];
                constants[i] = at;
                if (tag == ConstantPool.UTF8) {
                    at += 2 + ConstantPool.unsignedShort(classFile, at);
                } else {
                    int body = ConstantPool.bodyBytes(tag);
                    if (body < 0) {
                        throw new IOException("unknown constant " + tag);
                    }
                    at += body;
                    if (ConstantPool.takesTwoSlots(tag)) {
                        i++;
                    }
                }
            }
        }

        private int integer(int from) {
            return ConstantPool.unsignedShort(classFile, from) << 16 | ConstantPool.unsignedShort(classFile, from + 2);
        }

        int unsignedShort() {
            at += 2;
            return ConstantPool.unsignedShort(classFile, at - 2);
        }

        String className(int constant) throws IOException {
            return text(ConstantPool.unsignedShort(classFile, constants[constant]));
        }

        private String text(int constant) throws IOException {
            String known = texts[constant];
            if (known == null) {
                known = decoded(constants[constant]);
                texts[constant] = known;
            }
            return known;
        }

        private String decoded(int from) throws IOException {
            int length = ConstantPool.unsignedShort(classFile, from);
            for (int i = from + 2; i < from + 2 + length; i++) {
                if (classFile[i] <= 0) {
                    return new DataInputStream(new ByteArrayInputStream(classFile, from, length + 2)).readUTF();
                }
            }
            return new String(classFile, from + 2, length, StandardCharsets.ISO_8859_1);
        }

        List<Member> members() throws IOException {
            int size = unsignedShort();
            List<Member> members = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                int access = unsignedShort();
                String name = text(unsignedShort());
                String descriptor = text(unsignedShort());
                int maxLocals = 0;
                for (int attributes = unsignedShort(); attributes > 0; attributes--) {
                    boolean code = isCode(constants[unsignedShort()]);
                    int length = integer(at);
                    at += 4;
                    if (code) {
                        maxLocals = ConstantPool.unsignedShort(classFile, at + 2);
                    }
                    if (length < 0 || length > classFile.length - at) {
                        throw new IOException("class file ends early");
                    }
                    at += length;
                }
                members.add(new Member(access, name, descriptor, maxLocals));
            }
            return Collections.unmodifiableList(members);
        }

        private boolean isCode(int from) {
            if (ConstantPool.unsignedShort(classFile, from) != CODE.length()) {
                return false;
            }
            for (int i = 0; i < CODE.length(); i++) {
                if (classFile[from + 2 + i] != CODE.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }
}
