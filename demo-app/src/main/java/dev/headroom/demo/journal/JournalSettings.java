package dev.headroom.demo.journal;

import io.lettuce.core.ClientOptions;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/** What the journal wants of Spring beyond its properties. */
@Configuration(proxyBeanMethods = false)
class JournalSettings {
    /** An ETag on every answer of the optimised routes: who has it already gets 304 and no body. */
    @Bean
    FilterRegistrationBean<ShallowEtagHeaderFilter> etag() {
        ShallowEtagHeaderFilter etag = new ShallowEtagHeaderFilter();
        etag.setWriteWeakETag(
                true); // Tomcat compresses no answer with a strong one, for it would not be the same bytes
        FilterRegistrationBean<ShallowEtagHeaderFilter> filter = new FilterRegistrationBean<>(etag);
        filter.addUrlPatterns("/optimised/*");
        return filter;
    }

    /** As everybody does it first: a strong ETag, which no answer has that is compressed. */
    @Bean
    FilterRegistrationBean<ShallowEtagHeaderFilter> strongEtag() {
        // planted: uncompressed-response GET /naive/conversations/{userId}
        FilterRegistrationBean<ShallowEtagHeaderFilter> filter =
                new FilterRegistrationBean<>(new ShallowEtagHeaderFilter());
        filter.addUrlPatterns("/naive/conversations/*");
        return filter;
    }

    /** A command fails at once while Redis is away, instead of waiting for its time-out. */
    @Bean
    LettuceClientOptionsBuilderCustomizer atOnce() {
        return options -> options.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS);
    }
}
