package dev.headroom.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU time and memory of processes, from Linux's /proc, in whose ticks of 10 ms CPU times come. Stateless and thread-safe. */
final class ProcessFigures {
    private static final int MILLIS_PER_TICK = 10;
    private static final int KILOBYTES_PER_MEGABYTE = 1024;

    // places in /proc/<pid>/stat behind the command's name, see proc(5)
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int ENDED_CHILDREN_USER = 13;
    private static final int ENDED_CHILDREN_SYSTEM = 14;

    private ProcessFigures() {}

    /** User and system time of all threads of the living process, ended ones included. */
    static long cpuMillis(long pid) throws IOException {
        String[] stat = stat(Long.toString(pid));
        return MILLIS_PER_TICK * (Long.parseLong(stat[USER]) + Long.parseLong(stat[SYSTEM]));
    }

    /** User and system time of all children of this process that have ended; the system keeps the sum in nanoseconds. */
    static long endedChildrenCpuMillis() throws IOException {
        String[] stat = stat("self");
        return MILLIS_PER_TICK
                * (Long.parseLong(stat[ENDED_CHILDREN_USER]) + Long.parseLong(stat[ENDED_CHILDREN_SYSTEM]));
    }

    static double residentMegabytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Double.parseDouble(line.replaceAll("[^0-9]", "")) / KILOBYTES_PER_MEGABYTE;
            }
        }
        throw new IOException("no VmRSS for process " + pid);
    }

    private static String[] stat(String process) throws IOException {
        String stat = Files.readString(Path.of("/proc", process, "stat"));
        // the name stands in parentheses and may hold blanks
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    }
}
