package dev.headroom.cost.hello;

/** Hello world. */
public final class Hello {
    private Hello() {}

    public static void main(String[] arguments) {
        System.out.println("hello");
    }
}
