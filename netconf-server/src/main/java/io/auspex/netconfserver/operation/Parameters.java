package io.auspex.netconfserver.operation;

import io.auspex.netconfprotocol.XmlElement;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.ErrorType;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parameters of an operation; each is taken once, and what nobody takes is refused. */
final class Parameters {
    private final String operation;
    private final String namespace;
    private final List<XmlElement> left;

    Parameters(String operation, String namespace, List<XmlElement> elements) {
        this.operation = operation;
        this.namespace = namespace;
        this.left = new ArrayList<>(elements);
    }

    /** The parameter of that name in the operation's namespace. */
    Optional<XmlElement> take(String name) throws YangException {
        return take(namespace, name);
    }

    /** The parameter of that name in a namespace. */
    Optional<XmlElement> take(String otherNamespace, String name) throws YangException {
        XmlElement found = null;
        for (var element : left) {
            if (element.is(otherNamespace, name)) {
                if (found != null) {
                    throw error(Failure.BAD_ELEMENT, name, "stands twice");
                }
                found = element;
            }
        }
        left.remove(found);
        return Optional.ofNullable(found);
    }

    /** All parameters of that name in the operation's namespace, in order. */
    List<XmlElement> takeAll(String name) {
        var found = left.stream().filter(e -> e.is(namespace, name)).toList();
        left.removeAll(found);
        return found;
    }

    /** The text of a parameter, without white space around it. */
    Optional<String> text(String name) throws YangException {
        return take(name).map(e -> e.text().strip());
    }

    XmlElement required(String name) throws YangException {
        return take(name).orElseThrow(() -> error(Failure.MISSING_ELEMENT, name, "is missing"));
    }

    /** Refuses what was not taken. */
    void end() throws YangException {
        if (!left.isEmpty()) {
            var element = left.getFirst();
            throw new YangException(YangError.of(
                            Failure.UNKNOWN_ELEMENT,
                            operation + ": unknown parameter '" + element.name() + "' in namespace '"
                                    + element.namespace() + "'")
                    .withInfo(ErrorInfo.badElement(element.name())));
        }
    }

    /** A parameter's value is not one of those that it may have. */
    YangException badValue(String name, String got, String expected) {
        return new YangException(YangError.of(
                        Failure.BAD_PARAMETER,
                        operation + ": " + name + " is '" + shown(got) + "', expected " + expected)
                .withType(ErrorType.PROTOCOL)
                .withInfo(ErrorInfo.badElement(name)));
    }

    YangException error(Failure failure, String name, String what) {
        return new YangException(YangError.of(failure, operation + ": parameter '" + name + "' " + what)
                .withType(ErrorType.PROTOCOL)
                .withInfo(ErrorInfo.badElement(name)));
    }

    private static String shown(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }
}
