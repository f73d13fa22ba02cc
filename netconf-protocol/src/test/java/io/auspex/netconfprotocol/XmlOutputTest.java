package io.auspex.netconfprotocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class XmlOutputTest {
    @Test
    void streamedTextNeverHoldsTheDelimiter() throws Exception {
        // Given
        var wire = new ByteArrayOutputStream();
        var framed = new FramedOutput(wire);
        var writer = XmlOutput.open(framed);

        // When
        for (var split = 0; split <= 6; split++) {
            writer.writeStartElement("", "a", "urn:a");
            writer.writeCharacters("]]>]]>".substring(0, split));
            writer.writeCharacters("]]>]]>".substring(split));
            writer.writeEndElement();
        }
        writer.flush();
        framed.endMessage();

        // Then
        assertThat(wire.toString(UTF_8)).contains("]]&gt;]]&gt;</a>").containsOnlyOnce("]]>]]>");
    }
}
