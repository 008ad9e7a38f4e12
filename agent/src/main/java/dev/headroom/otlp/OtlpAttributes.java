package dev.headroom.otlp;

import java.util.Map;

/** Reads OTLP KeyValue messages; values become text. Stateless and thread-safe. */
public final class OtlpAttributes {
    private OtlpAttributes() {}

    /** Puts the one attribute of a KeyValue message; arrays, maps and bytes are left out, long texts cut. */
    public static void read(ProtoReader keyValue, Map<String, String> target) {
        String key = "";
        String value = null;
        while (keyValue.next()) {
            if (keyValue.field() == 1) {
                key = keyValue.string();
            } else if (keyValue.field() == 2) {
                ProtoReader any = keyValue.message();
                while (any.next()) {
                    switch (any.field()) {
                        case 1:
                            value = any.string();
                            break;
                        case 2:
                            value = any.varint() != 0 ? "true" : "false";
                            break;
                        case 3:
                            value = Long.toString(any.varint());
                            break;
                        case 4:
                            value = Double.toString(any.float64());
                            break;
                        default:
                    }
                }
            }
        }
        if (value != null) {
            target.put(key, AttributeText.bounded(value));
        }
    }
}
