package io.auspex.restconfserver;

import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.nio.file.Path;
import java.util.List;

/** The model of the tests: all modules of this server, example-jukebox and rc-test. */
final class Models {
    static final ModelContext MODEL = ModelLoader.load(List.of(Path.of("..", "it-tests", "conformance", "yang")));

    private Models() {}
}
