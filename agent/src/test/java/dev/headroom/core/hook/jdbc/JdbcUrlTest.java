package dev.headroom.core.hook.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcUrlTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "jdbc:postgresql://db:5432/shop?user=joe&password=secret | postgresql | shop",
                "jdbc:postgresql://[::1]:5432/shop | postgresql | shop",
                "jdbc:postgresql://a:1/ |  postgresql | -",
                "jdbc:postgresql:shop | postgresql | shop",
                "jdbc:postgresql://one:5432,two:5432/shop | postgresql | shop",
                "jdbc:mysql://joe:secret@db:3306/shop?useSSL=false | mysql | shop",
                "jdbc:mysql://joe:se/cret@db:3306/shop | mysql | shop",
                "jdbc:mysql://joe:se/c#ret@db:3306/shop | mysql | -",
                "jdbc:mysql://address=(host=db)(port=3306)(password=secret)/shop | mysql | shop",
                "jdbc:postgresql://one:5432,two/shop?user=joe@two | postgresql | shop",
                "jdbc:mysql:loadbalance://a:1,b:2/shop | mysql | shop",
                "jdbc:mysql://db | mysql | -",
                "jdbc:mariadb:replication://a,b/shop | mariadb | shop",
                "jdbc:sqlserver://db:1433;databaseName=shop;user=joe;password=secret | microsoft.sql_server | shop",
                "jdbc:sqlserver://db\\inst;DATABASE=shop | microsoft.sql_server | shop",
                "jdbc:oracle:thin:joe/secret@//db:1521/shop | oracle.db | shop",
                "jdbc:oracle:thin:@db:1521:SHOP | oracle.db | SHOP",
                "jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(HOST=db))) | oracle.db | -",
                "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1;PASSWORD=secret | h2database | shop",
                "jdbc:h2:file:~/data/shop | h2database | shop",
                "jdbc:h2:tcp://db:9092/~/shop | h2database | shop",
                "jdbc:h2:mem: | h2database | -",
                "jdbc:hsqldb:mem:shop | hsqldb | shop",
                "jdbc:hsqldb:hsql://db/shop;user=sa;password=secret | hsqldb | shop",
                "jdbc:sqlite:/var/data/shop.db?cache=shared | sqlite | shop.db",
                "jdbc:sqlite::memory: | sqlite | -",
                "jdbc:derby:memory:shop;create=true | derby | shop",
                "jdbc:duckdb:/data/shop.db | duckdb | shop.db",
                "jdbc:db2://db:50000/shop:user=joe;password=secret; | ibm.db2 | shop",
                "jdbc:p6spy:postgresql://db/shop | postgresql | shop",
                "jdbc:aws-wrapper:mysql://db/shop | mysql | shop",
                "jdbc:ch://db:8123/shop?password=secret | clickhouse | shop",
                "jdbc:something:joe/secret@db | other_sql | -",
                "nonsense | other_sql | -"
            })
    void takesSystemAndNameAndNothingElse(String url, String system, String namespace) {
        JdbcUrl parsed = JdbcUrl.parse(url);
        assertThat(parsed.system).isEqualTo(system);
        assertThat(parsed.namespace).isEqualTo(namespace);
    }
}
