package io.auspex.yangbindings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.ServiceLoader;
import org.opendaylight.yangtools.binding.meta.YangModelBindingProvider;
import org.opendaylight.yangtools.binding.meta.YangModuleInfo;
import org.opendaylight.yangtools.binding.runtime.spi.BindingRuntimeHelpers;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;

/** The schema of the modules as they are served, read from module {@code yang}. */
final class ServedModules {
    private static final Path FOLDER = Path.of("../yang/src/main/resources/META-INF/yang");

    private ServedModules() {}

    static EffectiveModelContext schema() {
        List<Served> modules = ServiceLoader.load(YangModelBindingProvider.class).stream()
                .map(provider -> provider.get().getModuleInfo())
                .filter(DerivedModule::isDerived)
                .map(Served::new)
                .toList();
        return BindingRuntimeHelpers.createEffectiveModel(modules);
    }

    private record Served(YangModuleInfo generated) implements YangModuleInfo {
        @Override
        public QName getName() {
            return generated.getName();
        }

        @Override
        public InputStream openYangTextStream() throws IOException {
            String revision = getName().getRevision().map(Object::toString).orElseThrow();
            return Files.newInputStream(FOLDER.resolve(getName().getLocalName() + "@" + revision + ".yang"));
        }

        @Override
        public Collection<YangModuleInfo> getImportedModules() {
            return generated.getImportedModules().stream()
                    .map(module -> DerivedModule.isDerived(module) ? new Served(module) : module)
                    .toList();
        }
    }
}
