package io.auspex.datastore.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonOptions;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.codec.JsonWriter;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Validation says of every document of the corpus what RFC 7950 says, and what yanglint says but for the differences that
 * {@code docs/reference/validation.md} explains.
 */
class YanglintAgreementTest {
    private static final Path YANG = Path.of("src/test/resources/validation/yang");
    private static final ModelContext MODEL = ModelLoader.load(List.of(YANG));
    private static final Datastores DATASTORES = Datastores.open(MODEL, DatastoreConfig.inMemory());
    private static final List<String> MODULES = List.of(
            "ietf-system",
            "ietf-netconf-acm",
            "ietf-interfaces",
            "ietf-ip",
            "iana-if-type",
            "ietf-service-assurance",
            "ietf-service-assurance-device",
            "ietf-service-assurance-interface",
            "auspex-devices",
            "ietf-alarms",
            "ietf-hardware",
            "iana-hardware",
            "ietf-routing",
            "ietf-subscribed-notifications",
            "val-types",
            "val-refs",
            "val-when",
            "val-lists",
            "val-augment");

    @TempDir
    private Path folder;

    @AfterAll
    static void close() {
        DATASTORES.close();
    }

    /** What is wrong with a document as the whole of running; empty when it is valid. */
    private static Optional<String> complaint(String document) {
        try {
            var candidate = DATASTORES.privateCandidate();
            candidate.edit(List.of(replacing(document)), 0);
            candidate.validate();
            return Optional.empty();
        } catch (YangException e) {
            return Optional.of(e.first().tag() + ": " + e.getMessage());
        }
    }

    @Test
    void everyWrittenDocumentIsJudgedAsTheRfcsSay() throws Exception {
        var wrong = new ArrayList<String>();
        for (var each : Corpus.written()) {
            var complaint = complaint(each.document());
            if (complaint.isEmpty() != each.valid()) {
                wrong.add(each + "\n    " + complaint.orElse("was accepted"));
            }
        }
        assertThat(wrong).withFailMessage(() -> String.join("\n", wrong)).isEmpty();
    }

    /** What a commit breaks is found from what it changes, so where running comes from must not matter. */
    @Test
    void theVerdictIsTheSameWhateverRunningWasBefore() throws Exception {
        var random = new Random(7950);
        var cases = Corpus.written();
        var wrong = new ArrayList<String>();
        for (var each : cases) {
            var others = cases.stream()
                    .filter(c -> c.valid() && c.file().equals(each.file()))
                    .toList();
            try (var datastores = Datastores.open(MODEL, DatastoreConfig.inMemory())) {
                for (var i = 0; i < 3; i++) {
                    var before = others.get(random.nextInt(others.size()));
                    datastores.commit(replacing(before.document()));
                    if (commits(datastores, each.document())) {
                        var left = complaint(json(datastores.running()));
                        left.ifPresent(c -> wrong.add(before + "\n then " + each + "\n    " + c));
                    } else if (each.valid()) {
                        wrong.add(before + "\n then " + each + "\n    was refused");
                    }
                }
            }
        }
        assertThat(wrong).withFailMessage(() -> String.join("\n", wrong)).isEmpty();
    }

    private static Edit replacing(String document) throws YangException {
        var root = new JsonReader(MODEL, InputLimits.DEFAULT)
                .configurationOnly()
                .readRoot(document.getBytes(StandardCharsets.UTF_8));
        return new Edit(Operation.REPLACE, DataPath.root(MODEL.root()), root);
    }

    private static boolean commits(Datastores datastores, String document) {
        try {
            datastores.commit(replacing(document));
            return true;
        } catch (YangException e) {
            return false;
        }
    }

    private static String json(DataNode root) throws IOException {
        var out = new ByteArrayOutputStream();
        JsonWriter.write(root, out, JsonOptions.COMPACT);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void yanglintAgrees() throws Exception {
        assumeTrue(Yanglint.isInstalled(), "skipped: yanglint is not installed (Debian package libyang2-tools)");
        var documents = Stream.concat(
                        Corpus.written().stream().map(Corpus.Case::document), Corpus.mutated(7950, 20).stream())
                .distinct()
                .toList();
        var theirs = new Yanglint(folder, YANG).complaints(MODULES, documents);
        assertThat(theirs.size()).isBetween(documents.size() / 4, documents.size() * 3 / 4);
        var differences = new ArrayList<String>();
        for (var i = 0; i < documents.size(); i++) {
            var document = documents.get(i);
            var ours = complaint(document).orElse("accepted");
            var their = theirs.getOrDefault(i, "accepted");
            if (ours.equals("accepted") != their.equals("accepted")
                    && Explained.of(document, ours, their).isEmpty()) {
                differences.add(document + "\n    ours: " + ours + "\n    yanglint: " + their);
            }
        }
        assertThat(differences)
                .withFailMessage(() -> String.join("\n", differences))
                .isEmpty();
    }
}
