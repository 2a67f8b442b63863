// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a trace event by event, so that files of gigabytes need little memory; `.gz` too.
public final class TraceReader {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int GZIP_MAGIC = 0x1f;

    private TraceReader() {}

    /// @throws InvalidInputException where the file is none of the profiler's, or has nothing that ran on a GPU
    public static ProfilerTrace read(Path path) {
        String file = path.toString();
        try (InputStream in = open(path);
                JsonParser parser = MAPPER.createParser(in)) {
            var draft = new TraceDraft(file);
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_ARRAY) {
                events(parser, draft);
            } else if (first == JsonToken.START_OBJECT) {
                members(parser, draft);
            } else {
                throw refused(Position.startOf(file), "no JSON object", "must be a trace of the PyTorch profiler", "");
            }
            return draft.trace();
        } catch (JacksonException broken) {
            TokenStreamLocation at = broken.getLocation();
            Position place = at == null ? Position.startOf(file) : new Position(file, at.getLineNr(), at.getColumnNr());
            throw refused(
                    place, "no sound JSON: " + broken.getOriginalMessage(), "must be whole", "a profile that ended");
        } catch (NoSuchFileException missing) {
            throw refused(Position.startOf(file), "no such file", "a trace must be there", "");
        } catch (IOException unreadable) {
            throw refused(Position.startOf(file), "not readable", "a trace must be there", "");
        }
    }

    private static InputStream open(Path path) throws IOException {
        var in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        in.mark(2);
        int magic = in.read();
        in.reset();
        return magic == GZIP_MAGIC ? new GZIPInputStream(in, 1 << 16) : in;
    }

    private static void members(JsonParser parser, TraceDraft draft) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "traceEvents" -> {
                    if (value == JsonToken.START_ARRAY) {
                        events(parser, draft);
                    }
                }
                case "deviceProperties" -> draft.devices(MAPPER.readTree(parser));
                case "distributedInfo" -> draft.ranks(MAPPER.readTree(parser));
                default -> parser.skipChildren();
            }
        }
    }

    private static void events(JsonParser parser, TraceDraft draft) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            JsonNode event = MAPPER.readTree(parser);
            draft.add(event);
        }
    }

    static InvalidInputException refused(Position at, String found, String rule, String remedy) {
        return new InvalidInputException(List.of(new Problem(at, "", found, rule, remedy)));
    }
}
