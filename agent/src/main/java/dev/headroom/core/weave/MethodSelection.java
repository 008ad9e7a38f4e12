package dev.headroom.core.weave;

import dev.headroom.core.hook.JoinPoint;
import dev.headroom.core.hook.TypeTarget;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses which declared methods of a class get which advice: of each group the first join point that applies. Thread-safe. */
final class MethodSelection {
    private final HookIndex index;
    private final MemberCheck check;

    MethodSelection(HookIndex index, MemberCheck check) {
        this.index = index;
        this.check = check;
    }

    List<WovenMethod> of(List<TypeTarget> targets, ClassHeader header, @Nullable ClassLoader loader) {
        List<WovenMethod> selected = new ArrayList<>();
        for (TypeTarget target : targets) {
            for (List<JoinPoint> group : target.groups()) {
                for (JoinPoint point : group) {
                    List<WovenMethod> methods = methods(point, header);
                    if (!methods.isEmpty() && check.satisfied(point, header, loader)) {
                        selected.addAll(methods);
                        break;
                    }
                }
            }
        }
        return selected;
    }

    private List<WovenMethod> methods(JoinPoint point, ClassHeader header) {
        List<WovenMethod> methods = new ArrayList<>();
        List<String> types = point.parameterTypes();
        String parameters = types == null ? "(" : parameters(types);
        for (ClassHeader.Member method : header.methods()) {
            if (method.name().equals(point.method())
                    && method.descriptor().startsWith(parameters)
                    && method.hasOwnCode()) {
                methods.add(new WovenMethod(method, index.number(point), point.adviceClass()));
            }
        }
        return methods;
    }

    /** The descriptor's part in parentheses for types written as in Java source. */
    static String parameters(List<String> types) {
        StringBuilder parameters = new StringBuilder("(");
        for (String type : types) {
            String element = type;
            while (element.endsWith("[]")) {
                parameters.append('[');
                element = element.substring(0, element.length() - 2);
            }
            parameters.append(descriptor(element));
        }
        return parameters.append(')').toString();
    }

    private static String descriptor(String type) {
        switch (type) {
            case "boolean":
                return "Z";
            case "byte":
                return "B";
            case "char":
                return "C";
            case "short":
                return "S";
            case "int":
                return "I";
            case "long":
                return "J";
            case "float":
                return "F";
            case "double":
                return "D";
            default:
                return "L" + type.replace('.', '/') + ";";
        }
    }
}
