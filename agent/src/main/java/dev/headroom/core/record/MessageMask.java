package dev.headroom.core.record;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Messages of exceptions without anything of the application's data: what is not a word that libraries' own messages are made of
 * becomes a question mark. So a message may say less than it could, but a name, a key, a password or a number cannot be in it. Stateless.
 */
final class MessageMask {
    private static final int LONGEST = 300;

    private static final Set<String> WORDS = new HashSet<>(Arrays.asList((""
                    + "a able aborted about above accept acceptable access acquire acquired active actual actually add address after again all "
                    + "allowed already also ambiguous an and any application are argument arguments array as assigned async at attempt "
                    + "attempted attribute authentication authorized available await bad be because been before begin being below between beyond "
                    + "block blocked body bounds broken bug but by cache call called caller can cancelled cannot cast cause caused change changed "
                    + "channel character check class client close closed code collection column command commit committed compare complete "
                    + "completed concurrent condition configuration configured conflict connect connected connecting connection connections "
                    + "constraint constructor contain contains content context could create created current currently cursor data database "
                    + "date deadlock default defined delete deleted denied dependency depth deserialize destination detected did different "
                    + "disabled disconnected divide division do does done due duplicate during each element empty enabled encoding end ended "
                    + "enough entity entry error escape evaluate exceed exceeded exceeds exception exclusive execute executed executing "
                    + "execution executor exhausted exist exists expected expired expression extract factory fail failed failing failure "
                    + "false fatal fetch few field file filter find first for foreign format found from full function generate get given "
                    + "had has have handle handler header heap host http i id identifier if illegal implementation implemented in incompatible "
                    + "inconsistent incorrect index infinite initialize input insert instance instead int integer integrity interface "
                    + "internal interrupted into invalid invocation io is isolation it item its java job join json key large lazily "
                    + "least length less level limit list load loaded local lock locked long longer loop many map mapped mapping match "
                    + "maximum may memory message method minimum mismatch missing mode modification modified module more most must name "
                    + "native negative network never next no node non none not null nullable number object occurred of offset on one only "
                    + "open operation operator option or order other out outside overflow overloaded owner package page parameter "
                    + "parameters parent parse parsing part password path peer pending permission permitted persistent please pool "
                    + "port position positive possible present previous primary private problem process processing property protocol "
                    + "proxy public query queue range rate reach reached read reading received reconnect record redirect reference "
                    + "refused rejected relation release remote remove replace reply request requested required requires reset "
                    + "resolve resource response result retries retry return returned role rollback root route row rows running "
                    + "runtime same schema second see select send sequence serialization serialize server service session set should "
                    + "shutdown since single size socket some source space specified stack stale start started state statement status "
                    + "still stopped stream string such supported syntax system table target task terminated than that the then there "
                    + "these this thread threads through time timed timeout to token too transaction tree true try type types unable "
                    + "unauthorized unavailable unexpected unique unknown unreachable unsupported until update updated url use used "
                    + "user using valid validation value values variable version violated violates violation wait waiting was well were "
                    + "when where which while will with within without would write writing wrong zero")
            .split(" ")));

    private MessageMask() {}

    static String masked(String message) {
        StringBuilder masked = new StringBuilder();
        boolean unknown = false;
        int start = 0;
        for (int i = 0; i <= message.length() && masked.length() < LONGEST; i++) {
            char c = i == message.length() ? ' ' : message.charAt(i);
            if (Character.isWhitespace(c)) {
                if (i > start) {
                    boolean known = append(masked, message.substring(start, i), unknown);
                    unknown = !known;
                }
                start = i + 1;
            }
        }
        return masked.toString();
    }

    /** @return whether it is a word that may be said; of unknown ones in a row there is one question mark */
    private static boolean append(StringBuilder masked, String word, boolean afterUnknown) {
        int end = word.length();
        while (end > 0 && isMark(word.charAt(end - 1))) {
            end--;
        }
        boolean known = WORDS.contains(lower(word.substring(0, end)));
        if (known || !afterUnknown) {
            if (masked.length() > 0) {
                masked.append(' ');
            }
            masked.append(known ? word : "?");
        }
        return known;
    }

    private static boolean isMark(char c) {
        return c == '.' || c == ',' || c == ':' || c == ';';
    }

    private static String lower(String word) {
        StringBuilder lower = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return lower.toString();
    }
}
