package io.auspex.assuranceengine.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path of a leaf in a device's YANG data, with list keys that subservice parameters give: such as
 * {@code /if:interfaces/if:interface[if:name='{interface}']/if:oper-status}.
 */
public record PathTemplate(List<Step> steps) {
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_.-]*";
    private static final Pattern STEP = Pattern.compile("/(" + NAME + "):(" + NAME + ")");
    private static final Pattern KEY =
            Pattern.compile("\\[\\s*(" + NAME + "):(" + NAME + ")\\s*=\\s*(?:'([^']*)'|\"([^\"]*)\")\\s*]");
    private static final Pattern PARAMETER = Pattern.compile("\\{(" + NAME + ")}");
    private static final int LONGEST = 1_024;

    public PathTemplate {
        steps = List.copyOf(steps);
    }

    /** One node of the path. */
    public record Step(String prefix, String name, List<Key> keys) {
        public Step {
            keys = List.copyOf(keys);
        }
    }

    /** A list key that equals a constant or, in braces, a parameter. */
    public record Key(String prefix, String name, String value) {}

    /**
     * Reads a path.
     *
     * @throws PathException where the text is not a path of prefixed names with keys that equal quoted constants
     */
    public static PathTemplate of(String text) throws PathException {
        if (text.length() > LONGEST) {
            throw new PathException(LONGEST, "the path is too long: expected at most " + LONGEST + " characters");
        }
        List<Step> steps = new ArrayList<>();
        Matcher step = STEP.matcher(text);
        Matcher key = KEY.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!step.region(at, text.length()).lookingAt()) {
                throw new PathException(at, "expected '/prefix:name' or '[prefix:key='value']'");
            }
            at = step.end();
            List<Key> keys = new ArrayList<>();
            while (at < text.length() && text.charAt(at) == '[') {
                if (!key.region(at, text.length()).lookingAt()) {
                    throw new PathException(at, "expected a key such as [if:name='{interface}']");
                }
                keys.add(new Key(key.group(1), key.group(2), key.group(3) == null ? key.group(4) : key.group(3)));
                at = key.end();
            }
            steps.add(new Step(step.group(1), step.group(2), keys));
        }
        if (steps.isEmpty()) {
            throw new PathException(0, "expected a path such as /if:interfaces/if:interface[if:name='{interface}']");
        }
        return new PathTemplate(steps);
    }

    /** The parameters that the path needs. */
    public Set<String> parameters() {
        Set<String> names = new LinkedHashSet<>();
        steps.forEach(step -> step.keys()
                .forEach(key -> PARAMETER.matcher(key.value()).results().forEach(found -> names.add(found.group(1)))));
        return names;
    }

    /** The prefixes that the path uses. */
    public Set<String> prefixes() {
        Set<String> prefixes = new LinkedHashSet<>();
        for (Step step : steps) {
            prefixes.add(step.prefix());
            step.keys().forEach(key -> prefixes.add(key.prefix()));
        }
        return prefixes;
    }

    /** The path of one object: every parameter replaced, as data and never as syntax. */
    public MetricPath expand(Map<String, String> parameters) {
        List<Step> expanded = new ArrayList<>(steps.size());
        for (Step step : steps) {
            expanded.add(
                    step.keys().isEmpty()
                            ? step
                            : new Step(
                                    step.prefix(),
                                    step.name(),
                                    step.keys().stream()
                                            .map(key -> new Key(
                                                    key.prefix(),
                                                    key.name(),
                                                    TextTemplate.of(key.value()).fill(parameters::get)))
                                            .toList()));
        }
        return new MetricPath(expanded);
    }
}
