package dev.headroom.core.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.JoinPoint;
import dev.headroom.core.hook.Probe;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MethodSelectionTest {
    private final Supertypes supertypes = new Supertypes();
    private final ClassLoader loader = getClass().getClassLoader();

    @Test
    void writesDescriptorsAsTheCompilerDoes() {
        assertThat(MethodSelection.parameters(List.of())).isEqualTo("()");
        assertThat(MethodSelection.parameters(List.of("int", "byte[][]", "java.lang.String[]", "long", "a.B$C")))
                .isEqualTo("(I[[B[Ljava/lang/String;JLa/B$C;)");
        assertThat(MethodSelection.parameters(List.of("boolean", "char", "short", "float", "double", "byte")))
                .isEqualTo("(ZCSFDB)");
    }

    @Test
    void takesTheExactOverloadOrEveryOne() throws IOException {
        assertThat(selected(point("get", "int"))).containsExactly("get(I)Ljava/lang/Object;");
        assertThat(selected(new DeclaringHook(), null))
                .containsExactlyInAnyOrder("get()Ljava/lang/Object;", "get(I)Ljava/lang/Object;");
        assertThat(selected(point("get", "long"))).isEmpty();
    }

    @Test
    void aNeededMemberMayBeInherited() throws IOException {
        String list = "java.util.ArrayList";
        assertThat(selected(point("get", "int").needs(list, "get"))).hasSize(1);
        assertThat(selected(point("get", "int").needs(Narrow.class.getName(), "open")))
                .as("from a parent")
                .hasSize(1);
        assertThat(selected(point("get", "int").needs(list, "fly"))).isEmpty();
        assertThat(selected(point("get", "int").needs(list, null))).hasSize(1);
        assertThat(selected(point("get", "int").needs("no.such.Type", null))).isEmpty();
        assertThat(selected(point("get", "int").needs(Shelf.class.getName(), "get")))
                .as("of the class itself")
                .hasSize(1);
    }

    @Test
    void supertypesAreFollowedWithoutLoading() throws IOException {
        ClassHeader header = ClassHeader.read(ClassHeaderTest.classFile(Narrow.class));
        assertThat(supertypes.of(header, loader))
                .containsExactlyInAnyOrder(
                        "dev/headroom/core/weave/MethodSelectionTest$Wide",
                        "java/sql/CallableStatement",
                        "java/sql/PreparedStatement",
                        "java/sql/Statement",
                        "java/sql/Wrapper");
    }

    @Test
    void aDeclarationWithoutAdviceOrProbeIsRefused() {
        assertThatThrownBy(() -> HookIndex.of(List.of(new BrokenHook()))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void joinPointsAreNumberedThroughAllHooks() {
        HookIndex index = HookIndex.of(List.of(new PointHook(point("a")), new PointHook(point("b"))));
        assertThat(index.probes()).hasSize(2);
        assertThat(index.hookName(1)).isEqualTo("point");
        assertThat(index.named(Shelf.class.getName().replace('.', '/'))).hasSize(2);
        assertThat(index.hasSupertypes()).isFalse();
    }

    private List<String> selected(JoinPoint point) throws IOException {
        return selected(new PointHook(point), point);
    }

    private List<String> selected(Hook hook, JoinPoint ignored) throws IOException {
        MethodSelection selection = new MethodSelection(HookIndex.of(List.of(hook)), new MemberCheck(supertypes));
        ClassHeader header = ClassHeader.read(ClassHeaderTest.classFile(Shelf.class));
        return selection.of(hook.targets(), header, loader).stream()
                .map(method -> method.name() + method.descriptor())
                .toList();
    }

    private static JoinPoint point(String name, String... types) {
        return PointHook.exact(name, types).advice(Advices.TIMED).probe(new Probe() {});
    }

    private static final class PointHook extends Hook {
        PointHook(JoinPoint point) {
            super("point", "test", "1");
            type(Shelf.class.getName()).weave(point);
        }

        static JoinPoint exact(String name, String... types) {
            return method(name, types);
        }
    }

    private static final class DeclaringHook extends Hook {
        DeclaringHook() {
            super("declaring", "test", "1");
            type(Shelf.class.getName())
                    .weave(anyMethod("get").advice(Advices.TIMED).probe(new Probe() {}));
        }
    }

    private static final class BrokenHook extends Hook {
        BrokenHook() {
            super("broken", "test", "1");
            type(Shelf.class.getName()).weave(method("get"));
        }
    }

    static class Shelf {
        Object get() {
            return "";
        }

        Object get(int index) {
            return index;
        }
    }

    abstract static class Wide implements java.sql.CallableStatement {
        abstract void open();
    }

    abstract static class Narrow extends Wide {}
}
