package dev.headroom.core.hook.redis;

/**
 * Follows a reply while the library decodes it, value by value, and keeps what its reading needs: an {@link Answer}, or one for
 * each element where the elements are the answers to the commands of a transaction. A reply may come in several pieces. Used by
 * its connection's thread only.
 */
final class ReplyReader {
    /** Takes the elements of a transaction's reply. */
    interface Elements {
        /** Whether the reply that begins now is a transaction's. */
        boolean expected();

        /** @param error the error's text, empty when the element is none */
        void element(Answer answer, String error);
    }

    /** As deep as the library's own decoder goes. */
    private static final int MAX_DEPTH = 32;

    private final Elements elements;
    private final Answer answer = new Answer();
    private final int[] open = new int[MAX_DEPTH];
    private int depth;
    private int answerDepth;
    private boolean begun;
    private boolean whole;
    private String error = "";
    private String elementError = "";

    ReplyReader(Elements elements) {
        this.elements = elements;
    }

    Answer answer() {
        return answer;
    }

    /** Whether nothing was decoded: QUEUED the library's decoder keeps to itself. */
    boolean isBlank() {
        return !begun;
    }

    /** Whether what was read last was the reply's end. */
    boolean isComplete() {
        return whole;
    }

    /** A command inside a transaction was accepted: nothing else is told of it. */
    void accepted() {
        if (!begun) {
            whole = true;
        } else {
            value(false);
        }
    }

    /** The error's text, empty when the reply is none. */
    String error() {
        return error;
    }

    /** What follows is another reply. */
    void next() {
        begun = false;
        whole = false;
        depth = 0;
        error = "";
    }

    /** A string, or nil. */
    void value(boolean nil) {
        begin();
        if (depth == answerDepth) {
            answer.value(nil);
        } else if (depth == answerDepth + 1) {
            answer.element(nil);
        }
        end();
    }

    /** A string of so many bytes. */
    void value(int bytes) {
        begin();
        if (depth == answerDepth) {
            answer.value(bytes);
        } else if (depth == answerDepth + 1) {
            answer.element(false);
        }
        end();
    }

    /** A number; 1 and 0 stand for true and false. */
    void number(long itself) {
        begin();
        if (depth == answerDepth) {
            answer.value(itself);
        } else if (depth == answerDepth + 1) {
            answer.element(itself);
        }
        end();
    }

    /** So many elements follow; below 0 it is nil. */
    void list(int size) {
        begin();
        if (depth == answerDepth) {
            answer.list(size);
        } else if (depth == answerDepth + 1) {
            answer.element(size < 0);
        }
        if (size > 0 && depth < MAX_DEPTH) {
            open[depth++] = size;
        } else {
            end();
        }
    }

    void error(String text) {
        begin();
        if (depth == 0) {
            error = text;
        } else if (depth == 1) {
            elementError = text;
        }
        end();
    }

    private void begin() {
        if (!begun || whole) {
            next();
            begun = true;
            answerDepth = elements.expected() ? 1 : 0;
            answer.clear();
        } else if (depth == answerDepth) {
            answer.clear();
        }
        elementError = "";
    }

    private void end() {
        while (true) {
            if (depth == 1 && answerDepth == 1) {
                elements.element(answer, elementError);
            }
            if (depth == 0) {
                whole = true;
                return;
            }
            if (--open[depth - 1] > 0) {
                return;
            }
            depth--;
        }
    }
}
