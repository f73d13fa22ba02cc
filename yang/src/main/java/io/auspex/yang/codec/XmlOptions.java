package io.auspex.yang.codec;

import io.auspex.yang.schema.ModuleInfo;
import java.util.List;

/**
 * How XML is written.
 *
 * @param pretty with line ends and two spaces a level
 * @param declared modules whose prefixes the outermost element declares, such as those of annotations
 */
public record XmlOptions(boolean pretty, Annotations annotations, List<ModuleInfo> declared) {
    public static final XmlOptions COMPACT = new XmlOptions(false, Annotations.NONE, List.of());
    public static final XmlOptions PRETTY = new XmlOptions(true, Annotations.NONE, List.of());

    public XmlOptions {
        declared = List.copyOf(declared);
    }

    /** With metadata, whose modules' prefixes are declared once. */
    public XmlOptions with(Annotations other, ModuleInfo... modules) {
        return new XmlOptions(pretty, other, List.of(modules));
    }
}
