package dev.headroom.core.weave;

import dev.headroom.core.hook.HookId;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.bytecode.constant.IntegerConstant;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/**
 * Inlines advice with Byte Buddy. Advice is read as a class file and described, never loaded, so it may name types of the library
 * that only the library's own loader sees. Adds no field, method or interface, so that loaded classes can be woven too.
 *
 * <p>Thread-safe. Made on the first real match: whoever weaves nothing does not load Byte Buddy.
 */
final class ByteBuddyWeaver {
    private static final String SAFE = "net.bytebuddy.safe";
    private static final String EXPERIMENTAL = "net.bytebuddy.experimental";

    private final ByteBuddy byteBuddy;
    private final ClassFileLocator advice = ClassFileLocator.ForClassLoader.of(ByteBuddyWeaver.class.getClassLoader());

    private ByteBuddyWeaver() {
        byteBuddy = new ByteBuddy(ClassFileVersion.JAVA_V8)
                .with(TypeValidation.DISABLED)
                .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE);
    }

    /**
     * Byte Buddy reads its switches once, when first used: no Unsafe (the JVM warns of it from 24 on), and class files newer than
     * it knows. An application may use a Byte Buddy of its own, so the properties are put back.
     */
    static ByteBuddyWeaver load() {
        @Nullable String safe = System.setProperty(SAFE, "true");
        @Nullable String experimental = System.setProperty(EXPERIMENTAL, "true");
        try {
            ByteBuddyWeaver weaver = new ByteBuddyWeaver();
            weaver.rehearse();
            return weaver;
        } finally {
            restore(SAFE, safe);
            restore(EXPERIMENTAL, experimental);
        }
    }

    private void rehearse() {
        String name = ByteBuddyWeaver.class.getName();
        TypePool pool = TypePool.Default.of(advice);
        byteBuddy.decorate(pool.describe(name).resolve(), advice).make(pool);
    }

    private static void restore(String key, @Nullable String value) {
        if (value == null) {
            System.clearProperty(key);
        } else {
            System.setProperty(key, value);
        }
    }

    /** The class file with the advice in it. */
    byte[] weave(String internalName, byte[] classFile, @Nullable ClassLoader loader, List<WovenMethod> methods) {
        String name = internalName.replace('/', '.');
        ClassFileLocator library = loader == null
                ? ClassFileLocator.ForClassLoader.ofBootLoader()
                : ClassFileLocator.ForClassLoader.of(loader);
        ClassFileLocator own = ClassFileLocator.Simple.of(name, classFile);
        TypePool pool = TypePool.Default.of(new ClassFileLocator.Compound(own, library, advice));
        AsmVisitorWrapper.ForDeclaredMethods visitor = new AsmVisitorWrapper.ForDeclaredMethods();
        for (WovenMethod method : methods) {
            visitor = visitor.invokable(new Declared(method), advice(method, pool));
        }
        return byteBuddy
                .decorate(pool.describe(name).resolve(), own)
                .visit(visitor)
                .make(pool)
                .getBytes();
    }

    private Advice advice(WovenMethod method, TypePool pool) {
        return Advice.withCustomMapping()
                .bind(new Advice.OffsetMapping.ForStackManipulation.Factory<>(
                        HookId.class,
                        IntegerConstant.forValue(method.number()),
                        TypeDescription.Generic.OfNonGenericType.ForLoadedType.of(int.class)))
                .to(pool.describe(method.adviceClass()).resolve(), advice);
    }

    /** Exactly this method. */
    private static final class Declared implements ElementMatcher<MethodDescription> {
        private final WovenMethod method;

        Declared(WovenMethod method) {
            this.method = method;
        }

        @Override
        public boolean matches(@Nullable MethodDescription candidate) {
            return candidate != null
                    && candidate.getInternalName().equals(method.name())
                    && candidate.getDescriptor().equals(method.descriptor());
        }
    }
}
