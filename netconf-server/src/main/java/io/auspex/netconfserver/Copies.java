package io.auspex.netconfserver;

import static io.auspex.netconfprotocol.NetconfNamespaces.BASE;

import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.management.EditRequest;
import io.auspex.management.Management;
import io.auspex.management.ReadRequest.Content;
import io.auspex.management.ReadRequest.WithDefaults;
import io.auspex.netconfprotocol.ProtocolException;
import io.auspex.netconfprotocol.XmlElement;
import io.auspex.netconfserver.operation.ConfigParser;
import io.auspex.netconfserver.operation.NetconfOperation.CopyConfig;
import io.auspex.netconfserver.operation.NetconfOperation.Source;
import io.auspex.netconfserver.operation.NetconfOperation.Target;
import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.Annotations;
import io.auspex.yang.codec.Utf8Xml;
import io.auspex.yang.codec.XmlOptions;
import io.auspex.yang.codec.XmlWriter;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Copies of whole configurations between datastores, messages and URLs (RFC 6241 §7.3, §8.8). */
final class Copies {
    private final Management management;
    private final Reads reads;
    private final UrlStore urls;
    private final ConfigParser configs;

    Copies(Management management, Reads reads, UrlStore urls, ConfigParser configs) {
        this.management = management;
        this.reads = reads;
        this.urls = urls;
        this.configs = configs;
    }

    Reply copy(CopyConfig copy) throws YangException {
        switch (copy.target()) {
            case Target.Url(var url) -> urls.put(url, document(copy));
            case Target.Into(var target) -> {
                if (copy.source() instanceof Source.Of(var source)) {
                    if (source == target) {
                        throw new YangException(
                                Failure.INVALID_VALUE, "copy-config: source and target are both " + source);
                    }
                    if (isPlain(copy.defaults())) {
                        management.control().copy(source, target);
                        return new Reply.Ok();
                    }
                }
                var root = DataPath.root(management.model().root());
                var whole = new Edit(Operation.REPLACE, root, Trees.copy(content(copy)));
                management.edit(new EditRequest(target, List.of(whole), null));
            }
        }
        return new Reply.Ok();
    }

    /** Of a datastore, tags of defaults say what is not set, and what is not set is not copied (RFC 6243 §4.5.2). */
    private static boolean isPlain(WithDefaults defaults) {
        return defaults == WithDefaults.EXPLICIT || defaults == WithDefaults.REPORT_ALL_TAGGED;
    }

    private InnerNode content(CopyConfig copy) throws YangException {
        return switch (copy.source()) {
            case Source.Of(var datastore) -> Reads.root(reads.whole(datastore, Content.CONFIG, copy.defaults(), false));
            case Source.Inline(var configuration) -> configuration;
            case Source.Url(var url) -> configuration(url);
        };
    }

    /** The configuration that a URL holds. */
    TreeNode configuration(URI url) throws YangException {
        try {
            return configs.configuration(XmlElement.parse(urls.get(url), InputLimits.DEFAULT));
        } catch (ProtocolException e) {
            throw new YangException(Failure.INVALID_VALUE, "url: " + url + " is no configuration: " + e.getMessage());
        }
    }

    /** A configuration as it is kept outside (RFC 6241 §8.8.3). */
    private byte[] document(CopyConfig copy) throws YangException {
        var tags = Annotations.NONE;
        InnerNode content;
        if (copy.source() instanceof Source.Of(var datastore)) {
            var result = reads.whole(datastore, Content.CONFIG, copy.defaults(), false);
            content = Reads.root(result);
            tags = result.annotations();
        } else {
            content = content(copy);
        }
        var out = new ByteArrayOutputStream();
        try {
            var xml = new Utf8Xml(out);
            xml.start("config");
            xml.namespace("", BASE);
            XmlWriter.writeChildren(xml, content, XmlOptions.COMPACT.with(tags));
            xml.end("config");
            xml.flush();
        } catch (IOException e) {
            throw new YangException(Failure.UNAVAILABLE, "copy-config: " + e.getMessage());
        }
        return out.toByteArray();
    }
}
