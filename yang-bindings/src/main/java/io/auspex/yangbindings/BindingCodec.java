package io.auspex.yangbindings;

import java.util.List;
import java.util.ServiceLoader;
import org.opendaylight.yangtools.binding.data.codec.api.BindingDataCodec;
import org.opendaylight.yangtools.binding.data.codec.dynamic.BindingDataCodecFactory;
import org.opendaylight.yangtools.binding.meta.YangModelBindingProvider;
import org.opendaylight.yangtools.binding.meta.YangModuleInfo;
import org.opendaylight.yangtools.binding.runtime.spi.BindingRuntimeHelpers;

/**
 * The codec between the generated bindings and the data trees of YANG Tools.
 *
 * <p>The trees it reads and makes are those of the served modules too: a derived module differs from the served one only
 * in the type of two string valued leaves.
 */
public final class BindingCodec {
    private BindingCodec() {}

    /** Returns the codec; the first call parses the modules and takes about a second. */
    public static BindingDataCodec get() {
        return Lazy.CODEC;
    }

    private static BindingDataCodec create() {
        List<DerivedModule> modules = ServiceLoader.load(YangModelBindingProvider.class).stream()
                .map(provider -> provider.get().getModuleInfo())
                .filter(DerivedModule::isDerived)
                .map(DerivedModule::new)
                .toList();
        return ServiceLoader.load(BindingDataCodecFactory.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no BindingDataCodecFactory on the class path"))
                .newBindingDataCodec(BindingRuntimeHelpers.createRuntimeContext(List.<YangModuleInfo>copyOf(modules)));
    }

    private static final class Lazy {
        static final BindingDataCodec CODEC = create();
    }
}
