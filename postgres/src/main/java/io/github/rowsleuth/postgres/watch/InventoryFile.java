package io.github.rowsleuth.postgres.watch;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.postgres.watch.Inventory.Counters;
import io.github.rowsleuth.postgres.watch.Inventory.Identity;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An inventory as a text file: one line for each thing, its fields percent-encoded and separated by blanks. */
final class InventoryFile {

    private static final String FIRST = "rowsleuth-inventory 1";

    private InventoryFile() {}

    static void write(Inventory inventory, Path file) throws IOException {
        List<String> lines = new ArrayList<>(List.of(FIRST));
        Identity identity = inventory.identity();
        lines.add(line("database", identity.database(), identity.countersSince(), identity.taken()));
        inventory
                .catalog()
                .relations()
                .values()
                .forEach(r -> lines.add(line(
                        "table",
                        r.oid(),
                        r.name().schema().orElseThrow(),
                        r.name().name(),
                        r.kind(),
                        r.unlogged(),
                        r.file(),
                        r.tablespace(),
                        r.toastFile(),
                        r.parents().stream().map(String::valueOf).collect(Collectors.joining(",")))));
        inventory.catalog().columns().forEach((c, name) -> lines.add(line("column", c.table(), c.number(), name)));
        inventory.catalog().largeObjects().forEach(oid -> lines.add(line("lo", oid)));
        inventory.counters().forEach((oid, c) -> lines.add(line("count", oid, c.inserted(), c.deleted(), c.live())));
        lines.add("end");
        // Whole or not at all: half an inventory would look like a loss.
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, lines);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String line(String kind, Object... fields) {
        return kind
                + Stream.of(fields)
                        .map(field -> " " + URLEncoder.encode(field.toString(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining());
    }

    static Inventory read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() < 3
                || !lines.get(0).equals(FIRST)
                || !lines.get(lines.size() - 1).equals("end")) {
            throw new IOException("expected an inventory that begins with '" + FIRST + "' and is whole, found something"
                    + " else in " + file + "; delete it to begin anew");
        }
        Map<String, List<String[]>> byKind = new HashMap<>();
        for (String line : lines.subList(1, lines.size() - 1)) {
            String[] fields = line.split(" ", -1);
            byKind.computeIfAbsent(fields[0], kind -> new ArrayList<>()).add(decoded(fields));
        }
        try {
            return inventory(byKind);
        } catch (RuntimeException e) {
            throw new IOException(
                    "expected an inventory as this version writes it, found a damaged one in " + file
                            + "; delete it to begin anew",
                    e);
        }
    }

    private static String[] decoded(String[] fields) {
        return Stream.of(fields)
                .map(field -> URLDecoder.decode(field, StandardCharsets.UTF_8))
                .toArray(String[]::new);
    }

    private static Inventory inventory(Map<String, List<String[]>> lines) {
        String[] database = lines.getOrDefault("database", List.of()).get(0);
        Map<Long, Relation> relations = new LinkedHashMap<>();
        for (String[] f : lines.getOrDefault("table", List.of())) {
            relations.put(Long.valueOf(f[1]), relation(f));
        }
        NavigableMap<Catalog.Column, String> columns = new TreeMap<>();
        for (String[] f : lines.getOrDefault("column", List.of())) {
            columns.put(new Catalog.Column(Long.parseLong(f[1]), Integer.parseInt(f[2])), f[3]);
        }
        Set<Long> largeObjects = new TreeSet<>();
        lines.getOrDefault("lo", List.of()).forEach(f -> largeObjects.add(Long.valueOf(f[1])));
        Map<Long, Counters> counters = new HashMap<>();
        for (String[] f : lines.getOrDefault("count", List.of())) {
            counters.put(
                    Long.valueOf(f[1]), new Counters(Long.parseLong(f[2]), Long.parseLong(f[3]), Long.parseLong(f[4])));
        }
        return new Inventory(
                new Identity(database[1], database[2], Instant.parse(database[3])),
                new Catalog("", relations, columns, largeObjects),
                counters);
    }

    private static Relation relation(String[] f) {
        return new Relation(
                Long.parseLong(f[1]),
                TableName.of(f[2], f[3]),
                f[4].charAt(0),
                Boolean.parseBoolean(f[5]),
                Long.parseLong(f[6]),
                Long.parseLong(f[7]),
                Long.parseLong(f[8]),
                Stream.of(f[9].split(",", -1))
                        .filter(oid -> !oid.isEmpty())
                        .map(Long::valueOf)
                        .toList());
    }
}
