package io.auspex.yang.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps modules out whose text is small and whose model is not: what they grow to is counted before they are compiled
 * (RFC 7950 §7.13). A grouping is counted once, however often it is used.
 */
public final class SourceCheck {
    static final int MAX_NODES = 1_000_000;
    static final int MAX_DEPTH = 256;
    static final int MAX_CHAIN = 128;
    static final int MAX_PARTS = 1_000;
    static final int MAX_VALUES = 65_536;

    private static final Set<String> NODES = Set.of(
            "container",
            "list",
            "leaf",
            "leaf-list",
            "choice",
            "case",
            "anydata",
            "anyxml",
            "rpc",
            "action",
            "input",
            "output",
            "notification");

    /** What a statement grows to. */
    private record Extent(long nodes, int depth) {}

    /** A text: the module it is of, the modules of its prefixes, and its statements. */
    private record Source(String module, Map<String, String> prefixes, Statement content) {}

    /** A statement and those around it, the nearest first. */
    private record Place(
            Source source, Statement statement, @Nullable Place around) {}

    private static final Extent NOTHING = new Extent(0, 0);

    private final List<Source> sources = new ArrayList<>();
    private final Map<String, List<Source>> modules = new HashMap<>();
    private final Map<Statement, Extent> groupings = new IdentityHashMap<>();
    private final Set<Statement> open = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * Takes in the text of a module or submodule.
     *
     * @return the name that it has by itself
     * @throws SourceRefused when it is no YANG, or a statement of it is too large
     */
    public String add(String text) throws SourceRefused {
        var contents = StatementReader.read(text).parts();
        if (contents.size() != 1) {
            throw new SourceRefused(1, "one module or submodule expected, " + contents.size() + " statements found");
        }
        var content = contents.getFirst();
        var owner = content.part("belongs-to").orElse(content);
        limits(content, owner.part("prefix").map(Statement::argument).orElse("") + ":");
        var prefixes = new HashMap<String, String>();
        content.parts("import").forEach(i -> i.part("prefix").ifPresent(p -> prefixes.put(p.argument(), i.argument())));
        var module = owner.argument();
        owner.part("prefix").ifPresent(p -> prefixes.put(p.argument(), module));
        var source = new Source(module, prefixes, content);
        sources.add(source);
        modules.computeIfAbsent(module, _ -> new ArrayList<>()).add(source);
        return content.argument();
    }

    private static void limits(Statement statement, String own) throws SourceRefused {
        var values = 0;
        for (var part : statement.parts()) {
            limits(part, own);
            values += part.keyword().equals("enum") || part.keyword().equals("bit") ? 1 : 0;
        }
        if (values > MAX_VALUES) {
            throw new SourceRefused(statement.line(), "a type of more than " + MAX_VALUES + " values");
        }
        chains(statement, own, "typedef", "type");
        chains(statement, own, "identity", "base");
        var ranges = statement.keyword().equals("range") || statement.keyword().equals("length");
        if (ranges && statement.argument().chars().filter(c -> c == '|').count() >= MAX_PARTS) {
            throw new SourceRefused(
                    statement.line(), "a " + statement.keyword() + " of more than " + MAX_PARTS + " parts");
        }
    }

    /** Bounds how far definitions beside each other rest on each other: compilers follow them by recursion. */
    private static void chains(Statement scope, String own, String definition, String base) throws SourceRefused {
        var bases = new HashMap<String, String>();
        scope.parts(definition)
                .forEach(d -> d.part(base)
                        .map(Statement::argument)
                        .ifPresent(b -> bases.put(d.argument(), b.startsWith(own) ? local(b) : b)));
        for (var name : bases.keySet()) {
            var length = 0;
            for (var at = name; at != null; at = bases.get(at)) {
                if (++length > MAX_CHAIN) {
                    throw new SourceRefused(
                            scope.line(),
                            definition + " " + name + " rests on more than " + MAX_CHAIN + " others, or on itself");
                }
            }
        }
    }

    private static String local(String name) {
        return name.substring(name.indexOf(':') + 1);
    }

    /**
     * Counts what all that was taken in grows to.
     *
     * @throws SourceRefused when that is too much, or a grouping uses itself; names the module
     */
    public void expand() throws SourceRefused {
        var nodes = 0L;
        for (var source : sources) {
            var place = new Place(source, source.content(), null);
            nodes += extent(place, 0).nodes();
            if (nodes > MAX_NODES) {
                throw refused(place, "with this module the model has more than " + MAX_NODES + " nodes");
            }
        }
    }

    private Extent extent(Place place, int above) throws SourceRefused {
        var statement = place.statement();
        if (above > MAX_DEPTH) {
            throw refused(place, "with what is used, nested deeper than " + MAX_DEPTH);
        }
        var nodes = NODES.contains(statement.keyword()) ? 1L : 0L;
        var depth = 0;
        for (var part : statement.parts()) {
            var inner = new Place(place.source(), part, place);
            var extent = switch (part.keyword()) {
                case "grouping" -> grown(inner, inner, above);
                case "uses" -> used(inner, above);
                default -> extent(inner, above + 1);
            };
            nodes = Math.min(nodes + extent.nodes(), Integer.MAX_VALUE);
            depth = Math.max(depth, extent.depth());
        }
        return new Extent(nodes, depth + 1);
    }

    private Extent used(Place uses, int above) throws SourceRefused {
        var grouping = find(uses);
        if (grouping == null) {
            return NOTHING;
        }
        var known = grown(grouping, uses, above);
        var refined = extent(uses, above + 1);
        return new Extent(known.nodes() + refined.nodes(), Math.max(known.depth(), refined.depth()));
    }

    /** What a grouping grows to, wherever it is used. */
    private Extent grown(Place grouping, Place asked, int above) throws SourceRefused {
        var known = groupings.get(grouping.statement());
        if (known == null) {
            if (!open.add(grouping.statement())) {
                throw refused(asked, "grouping " + grouping.statement().argument() + " uses itself");
            }
            known = extent(grouping, above + 1);
            open.remove(grouping.statement());
            groupings.put(grouping.statement(), known);
        }
        if (above + known.depth() > MAX_DEPTH) {
            throw refused(asked, "with what is used, nested deeper than " + MAX_DEPTH);
        }
        return known;
    }

    /** The grouping that a uses statement names; null when there is none, which the compiler tells. */
    private @Nullable Place find(Place uses) {
        var name = uses.statement().argument();
        var colon = name.indexOf(':');
        var local = local(name);
        var module = colon < 0
                ? uses.source().module()
                : uses.source().prefixes().getOrDefault(name.substring(0, colon), "");
        if (module.equals(uses.source().module())) {
            for (var at = uses.around(); at != null; at = at.around()) {
                var found = grouping(at, local);
                if (found != null) {
                    return found;
                }
            }
        }
        for (var source : modules.getOrDefault(module, List.of())) {
            var found = grouping(new Place(source, source.content(), null), local);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Place grouping(Place scope, String name) {
        for (var part : scope.statement().parts()) {
            if (part.keyword().equals("grouping") && part.argument().equals(name)) {
                return new Place(scope.source(), part, scope);
            }
        }
        return null;
    }

    private static SourceRefused refused(Place at, String what) {
        return new SourceRefused(
                at.statement().line(), what + " (" + at.source().content().argument() + ")");
    }
}
