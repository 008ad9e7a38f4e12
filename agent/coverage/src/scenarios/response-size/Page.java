/** What sites ask of pages; these ask no database. */
final class Page {
    private Page() {}

    static int statements() {
        return 0;
    }
}
