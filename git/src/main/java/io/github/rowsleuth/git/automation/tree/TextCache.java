package io.github.rowsleuth.git.automation.tree;

import io.github.rowsleuth.git.automation.tree.RepositoryTree.ContentReader;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps the texts that were read last, up to a bound; what can not be read is kept too, so that it is counted once. */
final class TextCache {

    private static final long MAX_CHARACTERS = 24L << 20;

    private final LinkedHashMap<String, Optional<String>> texts = new LinkedHashMap<>(256, 0.75f, true);
    private long characters;

    Optional<String> get(TreeFile file, ContentReader reader) {
        Optional<String> known = texts.get(file.path());
        if (known != null) {
            return known;
        }
        Optional<String> text = reader.read(file);
        texts.put(file.path(), text);
        characters += text.map(String::length).orElse(0);
        Iterator<Map.Entry<String, Optional<String>>> oldest = texts.entrySet().iterator();
        while (characters > MAX_CHARACTERS && oldest.hasNext()) {
            characters -= oldest.next().getValue().map(String::length).orElse(0);
            oldest.remove();
        }
        return text;
    }
}
