package io.auspex.yangbindings;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.binding.meta.YangModuleInfo;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.Revision;

/** A generated module whose text is the derived copy; the text of the same name under META-INF/yang is the served one. */
record DerivedModule(YangModuleInfo generated) implements YangModuleInfo {

    static boolean isDerived(YangModuleInfo module) {
        return DerivedModule.class.getResource(resource(module.getName())) != null;
    }

    @Override
    public QName getName() {
        return generated.getName();
    }

    @Override
    public InputStream openYangTextStream() throws IOException {
        String resource = resource(getName());
        @Nullable InputStream text = DerivedModule.class.getResourceAsStream(resource);
        if (text == null) {
            throw new FileNotFoundException(resource);
        }
        return text;
    }

    @Override
    public Collection<YangModuleInfo> getImportedModules() {
        return generated.getImportedModules().stream()
                .map(module -> isDerived(module) ? new DerivedModule(module) : module)
                .toList();
    }

    private static String resource(QName module) {
        String revision = module.getRevision().map(Revision::toString).orElseThrow();
        return "/META-INF/yang-bindings/" + module.getLocalName() + "@" + revision + ".yang";
    }
}
