package io.auspex.datastore;

import static io.auspex.datastore.TestModel.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.auspex.datastore.faults.CrashingFiles;
import io.auspex.datastore.faults.Workload;
import io.auspex.datastore.storage.StorageException;
import io.auspex.yang.data.TreeNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Jazzer targets for the journal: whatever stands in it, the outcome is a configuration or a {@link StorageException}. */
class JournalFuzzTest {
    private static final String JOURNAL = "journal-%020d".formatted(0);

    @FuzzTest
    void aJournalIsReadOrRefused(byte[] journal) throws Exception {
        read(journal);
    }

    @FuzzTest
    void aCommitWithARightSumIsDoneAgainOrRefused(byte[] content) throws Exception {
        read(frame(content));
    }

    /** What is accepted once is the same when it is read again. */
    private static void read(byte[] journal) throws Exception {
        var files = CrashingFiles.reliable();
        write(files, "format", "auspex-datastore 1\n".getBytes(StandardCharsets.UTF_8));
        write(files, JOURNAL, journal);
        var first = open(files);
        if (first != null) {
            assertThat(open(files)).isEqualTo(first);
        }
    }

    private static @Nullable TreeNode open(CrashingFiles files) {
        try (var datastores =
                Datastores.open(MODEL, DatastoreConfig.in(Workload.FOLDER).with(files))) {
            return datastores.running();
        } catch (StorageException refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return null;
        }
    }

    private static void write(CrashingFiles files, String name, byte[] content) throws Exception {
        files.createFolder(Workload.FOLDER);
        try (var out = files.append(Workload.FOLDER.resolve(name))) {
            out.write(ByteBuffer.wrap(content));
        }
    }

    /** A journal of one commit, the first one. */
    private static byte[] frame(byte[] content) {
        var body = ByteBuffer.allocate(20 + content.length)
                .putLong(0)
                .putLong(1)
                .putInt(content.length)
                .put(content)
                .flip();
        var length = ByteBuffer.allocate(4).putInt(body.remaining()).flip();
        var crc = new CRC32C();
        crc.update(length.duplicate());
        crc.update(body.duplicate());
        return ByteBuffer.allocate(12 + body.remaining())
                .putInt(0xA05BEC01)
                .put(length)
                .putInt((int) crc.getValue())
                .put(body)
                .array();
    }
}
