package dev.headroom.demo.mode;

/** How a guide's service does its work: as before its guide was followed, or as after. */
public enum Mode {
    NAIVE,
    OPTIMISED
}
