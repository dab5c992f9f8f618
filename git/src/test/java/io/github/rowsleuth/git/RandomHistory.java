package io.github.rowsleuth.git;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A history that a seed decides: files are edited, renamed, moved, changed in case, exchanged, copied, deleted and written anew,
 * on a main line and on topics that are merged one by one or several at once. The same seed gives the same commits.
 */
final class RandomHistory {

    private static final int LINES = 24;
    private static final List<String> FOLDERS = List.of("", "ops/", "scripts/", "db/clean/");
    private static final List<String> ENDINGS = List.of(".py", ".sql", ".sh", ".py.disabled");

    private final Random random;
    private final RepositoryBuilder repository;
    private final Map<String, Line> branches = new LinkedHashMap<>();
    private final Set<String> paths = new TreeSet<>();
    private int made;

    /** A file, whatever it is called. */
    private record Item(String path, List<String> lines) {}

    /** The files of a branch by an identity that they keep, as they are and as they were where it left the main line. */
    private static final class Line {
        private Map<Integer, Item> items = new TreeMap<>();
        private Map<Integer, Item> base = new TreeMap<>();
        private ObjectId tip = ObjectId.zeroId();
    }

    private RandomHistory(long seed, RepositoryBuilder repository) {
        this.random = new Random(seed);
        this.repository = repository;
    }

    /** Builds one there, and names the paths that any of its commits had. */
    static Set<String> build(long seed, int commits, Path folder) {
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder)) {
            RandomHistory history = new RandomHistory(seed, repository);
            history.run(commits);
            return history.paths;
        }
    }

    private void run(int commits) {
        Line main = new Line();
        branches.put("main", main);
        for (int i = 0; i < 8; i++) {
            create(main, freshPath());
        }
        commit("main", List.of());
        for (int i = 1; i < commits; i++) {
            step(i);
        }
        merge(new ArrayList<>(branches.keySet()).subList(1, branches.size()));
    }

    private void step(int number) {
        List<String> topics = new ArrayList<>(branches.keySet()).subList(1, branches.size());
        int what = random.nextInt(10);
        if (what == 0 && topics.size() < 3) {
            Line topic = new Line();
            Line main = line("main");
            topic.items = new TreeMap<>(main.items);
            topic.base = new TreeMap<>(main.items);
            branches.put("topic" + number, topic);
            change(topic);
            commit("topic" + number, List.of());
        } else if (what == 1 && !topics.isEmpty()) {
            merge(random.nextBoolean() ? topics : topics.subList(0, 1));
        } else {
            String branch = new ArrayList<>(branches.keySet()).get(random.nextInt(branches.size()));
            for (int k = random.nextInt(3); k >= 0; k--) {
                change(line(branch));
            }
            commit(branch, List.of());
        }
    }

    private Line line(String branch) {
        return branches.getOrDefault(branch, new Line());
    }

    private void change(Line line) {
        List<Integer> ids = new ArrayList<>(line.items.keySet());
        if (ids.size() < 3) {
            create(line, freshPath());
            return;
        }
        int id = ids.get(random.nextInt(ids.size()));
        Item item = line.items.getOrDefault(id, new Item("", List.of()));
        switch (random.nextInt(12)) {
            case 0 -> create(line, freshPath());
            case 1 -> line.items.remove(id);
            case 2 -> {
                line.items.remove(id);
                create(line, item.path());
            }
            case 3 -> line.items.put(made++, new Item(freshPath(), item.lines()));
            case 4 -> put(line, id, new Item(otherCase(item.path()), item.lines()));
            case 5 -> put(line, id, new Item(freshPath(), item.lines()));
            case 6 -> put(line, id, new Item(freshPath(), edited(item.lines(), 5)));
            case 7 -> put(line, id, new Item("archive/" + item.path(), item.lines()));
            case 8 -> exchange(line, id, ids.get(random.nextInt(ids.size())));
            default -> put(line, id, new Item(item.path(), edited(item.lines(), 2)));
        }
    }

    private void put(Line line, int id, Item item) {
        if (line.items.entrySet().stream()
                .noneMatch(e -> e.getKey() != id && e.getValue().path().equals(item.path()))) {
            line.items.put(id, item);
        }
    }

    private static void exchange(Line line, int one, int other) {
        Item first = line.items.getOrDefault(one, new Item("", List.of()));
        Item second = line.items.getOrDefault(other, first);
        line.items.put(one, new Item(second.path(), first.lines()));
        line.items.put(other, new Item(first.path(), second.lines()));
    }

    private void create(Line line, String path) {
        int file = made++;
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            lines.add("word" + random.nextInt(100_000) + " of file " + file + " says " + random.nextInt(100_000));
        }
        line.items.put(file, new Item(path, lines));
    }

    private String freshPath() {
        return FOLDERS.get(random.nextInt(FOLDERS.size())) + "f" + made++ + ENDINGS.get(random.nextInt(ENDINGS.size()));
    }

    private static String otherCase(String path) {
        int name = path.lastIndexOf('/') + 1;
        String upper = path.substring(name).toUpperCase(Locale.ROOT);
        boolean was = upper.equals(path.substring(name));
        return path.substring(0, name) + (was ? upper.toLowerCase(Locale.ROOT) : upper);
    }

    private List<String> edited(List<String> lines, int howMany) {
        List<String> changed = new ArrayList<>(lines);
        for (int i = 0; i < howMany; i++) {
            changed.set(random.nextInt(LINES), "edit " + random.nextInt(1_000_000) + " was made here");
        }
        return changed;
    }

    /** Takes over what the topics changed since they left, file by file and line by line. */
    private void merge(List<String> topics) {
        Line main = line("main");
        List<ObjectId> tips = new ArrayList<>();
        for (String topic : List.copyOf(topics)) {
            Line line = line(topic);
            main.items = merged(main.items, line.items, line.base);
            tips.add(line.tip);
            branches.remove(topic);
        }
        commit("main", tips);
    }

    private static Map<Integer, Item> merged(
            Map<Integer, Item> ours, Map<Integer, Item> theirs, Map<Integer, Item> base) {
        Map<Integer, Item> all = new TreeMap<>();
        Set<Integer> ids = new TreeSet<>(ours.keySet());
        ids.addAll(theirs.keySet());
        Set<String> taken = new TreeSet<>();
        for (Integer id : ids) {
            Item mine = ours.get(id);
            Item other = theirs.get(id);
            Item before = base.get(id);
            Item result = mine == null || other == null ? only(mine, other, before) : both(mine, other, before);
            if (result != null && taken.add(result.path())) {
                all.put(id, result);
            }
        }
        return all;
    }

    /** What only one side has: it is new there, or the other side deleted it. */
    private static @org.jspecify.annotations.Nullable Item only(
            @org.jspecify.annotations.Nullable Item mine,
            @org.jspecify.annotations.Nullable Item other,
            @org.jspecify.annotations.Nullable Item before) {
        return before != null ? null : mine != null ? mine : other;
    }

    private static Item both(Item mine, Item other, @org.jspecify.annotations.Nullable Item before) {
        if (before == null) {
            return mine;
        }
        String path = other.path().equals(before.path()) ? mine.path() : other.path();
        List<String> lines = new ArrayList<>(mine.lines());
        for (int i = 0; i < lines.size(); i++) {
            if (!other.lines().get(i).equals(before.lines().get(i))) {
                lines.set(i, other.lines().get(i));
            }
        }
        return new Item(path, lines);
    }

    private void commit(String branch, List<ObjectId> others) {
        Line line = line(branch);
        repository.on(branch).empty();
        for (Item item : line.items.values()) {
            repository.file(item.path(), item.lines().toArray(String[]::new));
            paths.add(item.path());
        }
        line.tip = repository.merge(others, "Change " + branch);
    }
}
