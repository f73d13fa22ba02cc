package io.auspex.packs;

import io.auspex.expressions.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of one mapping, of which unknown ones are refused with the nearest known one. */
final class Fields {
    private final PackFile file;
    private final YamlNode.Mapping mapping;

    private Fields(PackFile file, YamlNode.Mapping mapping) {
        this.file = file;
        this.mapping = mapping;
    }

    /** The fields of a node that has to be a mapping with no other keys than these. */
    static Fields of(PackFile file, YamlNode node, Set<String> known) throws PackException {
        Fields fields = new Fields(file, asMapping(file, node));
        for (Map.Entry<String, YamlNode.Entry> entry : fields.mapping.entries().entrySet()) {
            if (!known.contains(entry.getKey())) {
                throw PackException.at(
                        file,
                        entry.getValue().key(),
                        "unknown key '" + entry.getKey() + "'"
                                + Nearest.hint(
                                        entry.getKey(), known.stream().sorted().toList()));
            }
        }
        return fields;
    }

    static YamlNode.Mapping asMapping(PackFile file, YamlNode node) throws PackException {
        if (node instanceof YamlNode.Mapping mapping) {
            return mapping;
        }
        throw PackException.at(file, node.place(), "expected a mapping, got " + node.kind());
    }

    boolean has(String key) {
        return mapping.entries().containsKey(key);
    }

    YamlNode require(String key) throws PackException {
        YamlNode.Entry entry = mapping.entries().get(key);
        if (entry == null) {
            throw PackException.at(file, mapping.place(), "expected the key '" + key + "'");
        }
        return entry.value();
    }

    @Nullable
    YamlNode find(String key) {
        YamlNode.Entry entry = mapping.entries().get(key);
        return entry == null ? null : entry.value();
    }

    YamlNode.Scalar scalar(String key) throws PackException {
        return asScalar(require(key));
    }

    YamlNode.@Nullable Scalar findScalar(String key) throws PackException {
        YamlNode node = find(key);
        return node == null ? null : asScalar(node);
    }

    String text(String key) throws PackException {
        YamlNode.Scalar scalar = scalar(key);
        if (scalar.text().isBlank()) {
            throw PackException.at(file, scalar.place(), "expected a text for '" + key + "', got nothing");
        }
        return scalar.text();
    }

    String textOr(String key, String otherwise) throws PackException {
        return has(key) ? text(key) : otherwise;
    }

    @Nullable
    String textOrNull(String key) throws PackException {
        return has(key) ? text(key) : null;
    }

    boolean truth(String key) throws PackException {
        YamlNode.Scalar scalar = findScalar(key);
        if (scalar == null || scalar.text().equals("false")) {
            return false;
        }
        if (!scalar.text().equals("true")) {
            throw PackException.at(file, scalar.place(), "expected true or false, got " + scalar.kind());
        }
        return true;
    }

    List<YamlNode> list(String key) throws PackException {
        YamlNode node = find(key);
        if (node == null) {
            return List.of();
        }
        if (node instanceof YamlNode.Sequence(List<YamlNode> items, Place _)) {
            return items;
        }
        throw PackException.at(file, node.place(), "expected a list for '" + key + "', got " + node.kind());
    }

    List<String> texts(String key) throws PackException {
        List<String> texts = new ArrayList<>();
        for (YamlNode node : list(key)) {
            texts.add(asScalar(node).text());
        }
        return texts;
    }

    /** Key and value of a mapping of texts; empty where there is none. */
    Map<String, String> textMap(String key) throws PackException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, YamlNode.Entry> entry : entries(key).entrySet()) {
            texts.put(entry.getKey(), asScalar(entry.getValue().value()).text());
        }
        return texts;
    }

    /** The entries of a mapping; empty where there is none. */
    Map<String, YamlNode.Entry> entries(String key) throws PackException {
        YamlNode node = find(key);
        return node == null ? Map.of() : asMapping(file, node).entries();
    }

    YamlNode.Scalar asScalar(YamlNode node) throws PackException {
        if (node instanceof YamlNode.Scalar scalar) {
            return scalar;
        }
        throw PackException.at(file, node.place(), "expected a text or number, got " + node.kind());
    }
}
