/** What sites ask of pages; these ask no database. */
final class Page {
    static final byte[] LINE = "one line of an answer that is sent piece by piece, padded a little\n".getBytes();

    private Page() {}

    static int statements() {
        return 0;
    }
}
