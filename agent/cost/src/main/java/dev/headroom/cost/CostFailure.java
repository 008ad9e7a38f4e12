package dev.headroom.cost;

/** Why nothing can be measured, in words for whoever asked. */
final class CostFailure extends RuntimeException {
    CostFailure(String message) {
        super(message);
    }
}
