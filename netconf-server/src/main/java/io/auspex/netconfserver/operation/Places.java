package io.auspex.netconfserver.operation;

import static io.auspex.netconfprotocol.NetconfNamespaces.BASE;

import io.auspex.datastore.DatastoreName;
import io.auspex.netconfprotocol.XmlElement;
import io.auspex.netconfserver.operation.NetconfOperation.Source;
import io.auspex.netconfserver.operation.NetconfOperation.Target;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.stream.Stream;

/** Reads where an operation takes a configuration from and where it puts it: a datastore, a URL, the message itself (RFC 6241 §7). */
final class Places {
    private Places() {}

    static Target target(Parameters parameters) throws YangException {
        var target = parameters.required("target");
        var url = target.child(BASE, "url");
        return url.isPresent() && target.children().size() == 1
                ? new Target.Url(uri(parameters, url.get()))
                : new Target.Into(datastoreIn(target, parameters));
    }

    /** What delete-config deletes: only what a URL names can be (RFC 6241 §7.4). */
    static URI deleted(Parameters parameters) throws YangException {
        return switch (target(parameters)) {
            case Target.Url(var url) -> url;
            case Target.Into(var datastore) ->
                throw parameters.error(Failure.BAD_ELEMENT, datastore.toString(), "names a datastore that stays");
        };
    }

    static URI uri(Parameters parameters, XmlElement element) throws YangException {
        var text = element.text().strip();
        try {
            return new URI(text);
        } catch (URISyntaxException _) {
            throw parameters.badValue("url", text, "a URI");
        }
    }

    static Source source(Parameters parameters, ConfigParser configs) throws YangException {
        var source = parameters.required("source");
        var url = source.child(BASE, "url");
        if (url.isPresent() && source.children().size() == 1) {
            return new Source.Url(uri(parameters, url.get()));
        }
        var config = source.child(BASE, "config");
        return config.isPresent() && source.children().size() == 1
                ? new Source.Inline(configs.configuration(config.get()))
                : new Source.Of(datastoreIn(source, parameters));
    }

    /** The datastore that stands as an empty element in a source or target (RFC 6241 §7.1). */
    static DatastoreName datastore(Parameters parameters, String name) throws YangException {
        return datastoreIn(parameters.required(name), parameters);
    }

    /** The target of an operation that is for datastores that can be edited (RFC 8526 §3.2). */
    static DatastoreName edited(Parameters parameters) throws YangException {
        return edited(datastore(parameters, "target"), parameters);
    }

    static DatastoreName edited(DatastoreName datastore, Parameters parameters) throws YangException {
        return switch (datastore) {
            case RUNNING, CANDIDATE -> datastore;
            case INTENDED, OPERATIONAL, FACTORY_DEFAULT ->
                throw parameters.badValue("datastore", datastore.toString(), "a datastore that can be edited");
        };
    }

    static DatastoreName datastoreIn(XmlElement parameter, Parameters parameters) throws YangException {
        if (parameter.children().size() != 1) {
            throw parameters.error(
                    parameter.children().isEmpty() ? Failure.MISSING_ELEMENT : Failure.BAD_ELEMENT,
                    parameter.name(),
                    "names " + parameter.children().size() + " datastores, expected one");
        }
        var datastore = parameter.children().getFirst();
        if (datastore.is(ConfigParser.NMDA, "datastore")) {
            return NmdaParser.identity(parameters, datastore);
        }
        if (datastore.is(BASE, "url")) {
            throw parameters.error(Failure.NOT_SUPPORTED, "url", "stands where only a datastore may");
        }
        return Stream.of(DatastoreName.RUNNING, DatastoreName.CANDIDATE)
                .filter(d -> datastore.is(BASE, d.toString()))
                .findFirst()
                .orElseThrow(() -> parameters.badValue(parameter.name(), datastore.name(), "running or candidate"));
    }
}
