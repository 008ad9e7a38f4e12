import java.util.List;
import net.sf.ehcache.Cache;
import net.sf.ehcache.CacheManager;
import net.sf.ehcache.Element;
import net.sf.ehcache.config.CacheConfiguration;
import net.sf.ehcache.config.Configuration;

/** Lookups in caches of Ehcache 2: found, absent, expired, many at once, and those that ask not to be counted. */
public final class Main {
    private static final String GETS = "cache.gets";

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        CacheManager manager = CacheManager.newInstance(new Configuration().name("main"));
        Cache pets = new Cache(new CacheConfiguration("pets", 100));
        manager.addCache(pets);
        for (int i = 0; i < 5; i++) {
            pets.put(new Element(i, "pet " + i));
        }
        Element dead = new Element("dead", "value");
        dead.setTimeToLive(1);
        pets.put(dead);
        for (int i = 0; i < 8; i++) {
            Element found = pets.get((Object) i);
            System.out.println(i + " " + (found == null ? null : found.getObjectValue()));
        }
        System.out.println("serializable " + pets.get((java.io.Serializable) Integer.valueOf(1)).getObjectValue());
        System.out.println("many " + pets.getAll(List.of(1, 2, 101)).size());
        System.out.println("quietly " + (pets.getQuiet((Object) 1) != null));
        long until = System.nanoTime() + 10_000_000_000L;
        while (!pets.isExpired(dead) && System.nanoTime() < until) {
            Thread.sleep(50);
        }
        System.out.println("expired " + (pets.get((Object) "dead") == null));
        manager.shutdown();
        Expect.sum(GETS, 5 + 1 + 2, "cache=pets", "result=hit");
        Expect.sum(GETS, 3 + 1 + 1, "cache=pets", "result=miss");
    }
}
