package io.auspex.packs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Reads a YAML file into nodes that know their place; aliases and a second document are refused. */
final class YamlReader {
    private static final int DEEPEST = 16;
    private static final int MOST_NODES = 20_000;

    private final PackFile file;
    private final JsonParser parser;
    private int nodes;

    private YamlReader(PackFile file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    static YamlNode read(PackFile file) throws PackException {
        if (file.text().length() > PackFile.LONGEST) {
            throw PackException.of(
                    file.name(),
                    "expected at most " + PackFile.LONGEST + " characters, got "
                            + file.text().length());
        }
        try (JsonParser parser = new YAMLFactory().createParser(ObjectReadContext.empty(), file.text())) {
            YamlReader reader = new YamlReader(file, parser);
            if (parser.nextToken() == null) {
                throw PackException.of(file.name(), "the file is empty");
            }
            YamlNode root = reader.node(0);
            if (parser.nextToken() != null) {
                throw reader.fault("expected one document, got a second");
            }
            return root;
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            throw PackException.at(
                    file,
                    at == null
                            ? new Place(1, 1)
                            : new Place(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr())),
                    "not YAML: " + e.getOriginalMessage().lines().findFirst().orElse(""));
        }
    }

    private YamlNode node(int depth) throws PackException {
        if (depth > DEEPEST || ++nodes > MOST_NODES) {
            throw fault("expected at most " + DEEPEST + " levels and " + MOST_NODES + " values");
        }
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw fault("aliases are not allowed");
        }
        Place place = place();
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return mapping(place, depth);
        }
        if (token == JsonToken.START_ARRAY) {
            List<YamlNode> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(node(depth + 1));
            }
            return new YamlNode.Sequence(items, place);
        }
        return new YamlNode.Scalar(token == JsonToken.VALUE_NULL ? "" : parser.getString(), place);
    }

    private YamlNode mapping(Place place, int depth) throws PackException {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Place at = place();
            if (entries.containsKey(key)) {
                throw PackException.at(file, at, "the key '" + key + "' stands here twice");
            }
            parser.nextToken();
            entries.put(key, new YamlNode.Entry(at, node(depth + 1)));
        }
        return new YamlNode.Mapping(entries, place);
    }

    private Place place() {
        TokenStreamLocation at = parser.currentTokenLocation();
        return new Place(at.getLineNr(), at.getColumnNr());
    }

    private PackException fault(String problem) {
        return PackException.at(file, place(), problem);
    }
}
