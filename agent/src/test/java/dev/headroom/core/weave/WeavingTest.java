package dev.headroom.core.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.hook.Probe;
import dev.headroom.harness.AppUnderTest;
import dev.headroom.harness.LocalWeaving;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.junit.jupiter.api.Test;

class WeavingTest {
    private final List<String> seen = new ArrayList<>();

    @Test
    void weavesByNameWithAnAdviceThatNamesTheLibrarysTypes() throws Exception {
        try (LocalWeaving weaving = LocalWeaving.of(recorder -> new LibraryHook())) {
            assertThat(weaving.run(UseLibrary.class)).isEqualTo("bought apple");
            weaving.assertUnharmed();
        }
        assertThat(seen).containsExactly("apple", "named: enter", "named: exit bought apple");
    }

    @Test
    void weavesImplementationsOfAnInterfaceDeclaredOrInherited() throws Exception {
        try (LocalWeaving weaving = LocalWeaving.of(recorder -> new FamilyHook())) {
            weaving.run(UseFamily.class);
            weaving.assertUnharmed();
        }
        assertThat(seen)
                .containsExactly("supertype: enter", "supertype: exit 7", "supertype: enter", "supertype: thrown no");
    }

    @Test
    void aMissingMemberOrAProbeThatThrowsHarmsNobody() throws Exception {
        try (LocalWeaving weaving =
                LocalWeaving.of(List.of(recorder -> new MissingHook(), recorder -> new ThrowingHook()))) {
            assertThat(weaving.run(UseLibrary.class)).isEqualTo("bought apple");
            assertThat(weaving.woven()).isEqualTo(1);
        }
        assertThat(seen).isEmpty();
    }

    private final class Seen extends Probe {
        private final String name;

        Seen(String name) {
            this.name = name;
        }

        @Override
        public Object enter(Object self, Object a, Object b) {
            if (a != null) {
                seen.add(a.toString());
            } else {
                seen.add(name + ": enter");
            }
            return self;
        }

        @Override
        public void exit(Object token, Object result, Throwable thrown) {
            seen.add(name + (thrown == null ? ": exit " + result : ": thrown " + thrown.getMessage()));
        }
    }

    private static final class Throwing extends Probe {
        @Override
        public Object enter(Object self, Object a, Object b) {
            throw new IllegalStateException("a probe's own mistake");
        }
    }

    private final class LibraryHook extends Hook {
        LibraryHook() {
            super("library", "test", "1");
            type("dev.headroom.core.weave.WeavingTest$Shop")
                    .weave(method("buy", "dev.headroom.core.weave.WeavingTest$Item")
                            .needs("dev.headroom.core.weave.WeavingTest$Item", "name")
                            .advice("dev.headroom.core.weave.WeavingTest$ItemAdvice")
                            .probe(new Seen("item")))
                    .firstOf(
                            method("buy", "java.lang.String")
                                    .advice(Advices.TIMED)
                                    .probe(new Seen("absent")),
                            anyMethod("buy").advice(Advices.TIMED).probe(new Seen("named")));
        }
    }

    private final class FamilyHook extends Hook {
        FamilyHook() {
            super("family", "test", "1");
            implementing("dev.headroom.core.weave.WeavingTest$Statement")
                    .weave(anyMethod("execute").advice(Advices.TIMED).probe(new Seen("supertype")));
        }
    }

    private final class MissingHook extends Hook {
        MissingHook() {
            super("missing", "test", "1");
            type("dev.headroom.core.weave.WeavingTest$Shop")
                    .weave(
                            anyMethod("buy")
                                    .needs("dev.headroom.core.weave.WeavingTest$Item", "price")
                                    .advice(Advices.TIMED)
                                    .probe(new Seen("member")),
                            anyMethod("buy")
                                    .needs("no.such.Type", null)
                                    .advice(Advices.TIMED)
                                    .probe(new Seen("type")));
        }
    }

    private static final class ThrowingHook extends Hook {
        ThrowingHook() {
            super("throwing", "test", "1");
            type("dev.headroom.core.weave.WeavingTest$Shop")
                    .weave(anyMethod("buy").advice(Advices.TIMED).probe(new Throwing()));
        }
    }

    static final class ItemAdvice {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object shop, @Advice.Argument(0) Item item) {
            HeadroomBridge.live.enter(hook, shop, item.name(), null);
        }
    }

    interface Statement {
        int execute(boolean fail);
    }

    interface PreparedStatement extends Statement {}

    abstract static class Driver implements PreparedStatement {}

    static final class DriverStatement extends Driver {
        @Override
        public int execute(boolean fail) {
            if (fail) {
                throw new IllegalArgumentException("no");
            }
            return 7;
        }
    }

    record Item(String name) {}

    static class Shop {
        String buy(Item item) {
            return "bought " + item.name();
        }
    }

    static class UseLibrary implements AppUnderTest {
        @Override
        public Object run() {
            return new Shop().buy(new Item("apple"));
        }
    }

    static class UseFamily implements AppUnderTest {
        @Override
        public Object run() {
            Statement statement = new DriverStatement();
            statement.execute(false);
            try {
                return statement.execute(true);
            } catch (IllegalArgumentException expected) {
                return expected;
            }
        }
    }
}
