package dev.headroom.dashboard.ingest;

import dev.headroom.otlp.ProtoReader;

/** Counts log records or spans: the three levels of messages have the same field numbers for both. Stateless. */
final class OtlpRecords {
    private static final int RESOURCES = 1;
    private static final int SCOPES = 2;
    private static final int RECORDS = 2;

    private OtlpRecords() {}

    /** @throws dev.headroom.otlp.MalformedOtlpException when the bytes are not such a request */
    static long count(byte[] request) {
        long records = 0;
        ProtoReader in = new ProtoReader(request);
        while (in.next()) {
            if (in.field() == RESOURCES) {
                records += inResource(in.message());
            }
        }
        return records;
    }

    private static long inResource(ProtoReader resource) {
        long records = 0;
        while (resource.next()) {
            if (resource.field() == SCOPES) {
                ProtoReader scope = resource.message();
                while (scope.next()) {
                    if (scope.field() == RECORDS) {
                        read(scope.message());
                        records++;
                    }
                }
            }
        }
        return records;
    }

    /** To its end, so that a damaged record is found. */
    private static void read(ProtoReader message) {
        boolean more = message.next();
        while (more) {
            more = message.next();
        }
    }
}
