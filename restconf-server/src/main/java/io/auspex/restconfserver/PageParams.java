package io.auspex.restconfserver;

import io.auspex.management.paging.Cursors;
import io.auspex.management.paging.Page;
import io.auspex.management.paging.SortBy;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import io.auspex.yang.xpath.XPath;
import io.auspex.yang.xpath.XPathNames;
import java.text.Collator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of list pagination (draft-ietf-netconf-list-pagination-rc §2.3). */
final class PageParams {
    static final Set<String> NAMES =
            Set.of("limit", "offset", "cursor", "direction", "sort-by", "locale", "where", "sublist-limit");

    private static final long MOST = 4_294_967_295L;
    private static final Set<String> LOCALES = Arrays.stream(Collator.getAvailableLocales())
            .map(Locale::toLanguageTag)
            .collect(Collectors.toUnmodifiableSet());

    private final QueryParameters query;
    private final SchemaNode target;
    private final ModelContext model;

    private PageParams(QueryParameters query, SchemaNode target, ModelContext model) {
        this.query = query;
        this.target = target;
        this.model = model;
    }

    /**
     * The page that a request asks for.
     *
     * @param whole true when the target is a list or leaf-list as a whole, which alone has pages
     * @return null when it asks for none
     */
    static @Nullable Page of(QueryParameters query, SchemaNode target, boolean whole, ModelContext model)
            throws YangException {
        var asked = NAMES.stream().filter(query::has).sorted().toList();
        if (asked.isEmpty()) {
            return null;
        }
        var params = new PageParams(query, target, model);
        if (whole) {
            return params.page();
        }
        if (!asked.equals(List.of("sublist-limit"))) {
            throw new YangException(
                    Failure.MISPLACED_PARAMETER,
                    String.join(", ", asked) + ": only a list or leaf-list as a whole has pages");
        }
        return Page.ofSublists(params.limit("sublist-limit"));
    }

    private Page page() throws YangException {
        var leafList = target.kind() == NodeKind.LEAF_LIST;
        var cursor = query.get("cursor").orElse(null);
        if (cursor != null && (leafList || target.keys().isEmpty())) {
            throw new YangException(Failure.NOT_SUPPORTED, "cursor: the entries of " + target + " have no key");
        }
        return new Page(
                where(),
                sortBy(leafList),
                backwards(),
                cursor == null ? null : Cursors.parse(cursor, target, model),
                number("offset", 0, 0),
                limit("limit"),
                limit("sublist-limit"));
    }

    private static YangException bad(String message) {
        return new YangException(Failure.INVALID_VALUE, message);
    }

    private long limit(String name) throws YangException {
        return query.get(name).filter("unbounded"::equals).isPresent()
                ? Page.UNBOUNDED
                : number(name, 1, Page.UNBOUNDED);
    }

    private long number(String name, long least, long absent) throws YangException {
        var text = query.get(name).orElse(null);
        if (text == null) {
            return absent;
        }
        var digits = !text.isEmpty() && text.length() < 11 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        var number = digits ? Long.parseLong(text) : -1;
        if (number < least || number > MOST) {
            throw bad(name + " is a number from " + least + " to " + MOST + ", not '" + text + "'");
        }
        return number;
    }

    private boolean backwards() throws YangException {
        return switch (query.get("direction").orElse("forwards")) {
            case "forwards" -> false;
            case "backwards" -> true;
            default -> throw bad("direction is forwards or backwards");
        };
    }

    private @Nullable XPath where() throws YangException {
        var text = query.get("where").filter(w -> !w.equals("unfiltered")).orElse(null);
        return text == null ? null : XPath.compile(text, XPathNames.moduleNames(model));
    }

    private @Nullable SortBy sortBy(boolean leafList) throws YangException {
        var text = query.get("sort-by").filter(s -> !s.equals("none")).orElse(null);
        var locale = query.get("locale").orElse(null);
        if (text == null) {
            if (locale != null) {
                throw bad("locale goes with sort-by");
            }
            return null;
        }
        if (leafList != text.equals(".")) {
            throw bad("sort-by: "
                    + (leafList ? "the values of a leaf-list are sorted by '.'" : "names a leaf below " + target));
        }
        return new SortBy(leafList ? List.of() : path(text), locale == null ? null : locale(locale));
    }

    private List<SchemaNode> path(String text) throws YangException {
        var path = new ArrayList<SchemaNode>();
        var at = target;
        for (var name : text.split("/", -1)) {
            var colon = name.indexOf(':');
            var module = colon < 0 ? at.module().name() : name.substring(0, colon);
            var parent = at;
            at = at.child(module, name.substring(colon + 1))
                    .orElseThrow(() -> bad("sort-by: there is no node '" + name + "' in " + parent));
            path.add(at);
        }
        if (at.kind() != NodeKind.LEAF || path.stream().anyMatch(n -> n.kind() == NodeKind.LIST)) {
            throw bad("sort-by: " + at + " is no leaf of which an entry has one value");
        }
        return path;
    }

    private static Locale locale(String text) throws YangException {
        var locale = Locale.forLanguageTag(text.replaceFirst("\\.UTF-8$", "").replace('_', '-'));
        if (!LOCALES.contains(locale.toLanguageTag()) || locale.equals(Locale.ROOT)) {
            throw new YangException(YangError.of(Failure.NO_SUCH_LOCALE, "there is no locale '" + text + "' here")
                    .withAppTag("ietf-list-pagination:locale-unavailable"));
        }
        return locale;
    }
}
