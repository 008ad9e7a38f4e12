package dev.headroom.core.weave;

import java.util.Arrays;

/** Methods of every shape that a compiler makes: the inliner must keep each as it is. Called with 7, 0 and -1. */
@SuppressWarnings("unused")
class Shapes {
    static final int COUNT = 5;

    static String name = "shape";

    private int calls;

    int intResult(int n) {
        return n;
    }

    static int staticResult(int n) {
        if (n > 0) {
            return n;
        }
        return n == 0 ? 1 : 2;
    }

    void nothing() {
        calls++;
    }

    long wide(long n, double d, long m) {
        double local = d * 2;
        for (long i = 0; i < n; i++) {
            local += i;
        }
        return (long) local + m;
    }

    double real(double d) {
        return d / 3;
    }

    float small(int n) {
        return n * 1.5f;
    }

    boolean yes(String text) {
        return text != null && text.length() > 1;
    }

    char letter(int n) {
        return (char) ('a' + Math.max(n, 0));
    }

    short brief(int n) {
        return (short) n;
    }

    byte tiny(int n) {
        return (byte) n;
    }

    int[] array(int n) {
        return new int[n];
    }

    String text(String text) {
        return text.trim();
    }

    static synchronized String locked(String text) {
        synchronized (Shapes.class) {
            return text + name;
        }
    }

    /** Gives its parameter another value: the advice still sees the first. */
    String reassigned(String text, int n) {
        text = "other";
        n = 5;
        return text + n;
    }

    int loopAtTheStart(int n) {
        while (true) {
            n--;
            if (n < 0) {
                return n;
            }
        }
    }

    int finallyRuns(int n) {
        int[] box = new int[1];
        try {
            box[0] = 10 / n;
            return box[0];
        } catch (ArithmeticException division) {
            throw new IllegalStateException("by zero", division);
        } finally {
            calls += box[0];
        }
    }

    String switched(int n) {
        switch (n) {
            case 7:
                return "seven";
            case 0:
                return "none";
            default:
                throw new IllegalArgumentException("below");
        }
    }

    String switchedOnText(String text) {
        return switch (text) {
            case "s7" -> "a";
            case "s0" -> {
                String inner = "b";
                yield inner;
            }
            default -> text;
        };
    }

    static Object neverReturns(int n) {
        throw new UnsupportedOperationException("always " + n);
    }

    int lambdas(int n) {
        return Arrays.stream(new int[] {1, 2, n}).map(each -> each * n).sum();
    }

    Object uninitialised(int n) {
        return new StringBuilder(n > 0 ? "more" : n == 0 ? "none" : new String("less")).toString();
    }

    long nested(long n) {
        long sum = 0;
        outer:
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                if (j * i > n) {
                    continue outer;
                }
                sum += j;
            }
        }
        return sum;
    }
}
