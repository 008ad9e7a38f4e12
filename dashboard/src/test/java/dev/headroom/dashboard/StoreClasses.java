package dev.headroom.dashboard;

/** What other packages' tests start stores with. */
public final class StoreClasses {
    public static final Class<?> WIRING = StoreWiring.class;

    private StoreClasses() {}
}
