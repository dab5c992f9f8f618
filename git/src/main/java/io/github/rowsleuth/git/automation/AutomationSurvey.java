package io.github.rowsleuth.git.automation;

import io.github.rowsleuth.git.automation.follow.Explorer;
import io.github.rowsleuth.git.automation.graph.AutomationGraph;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.mention.MentionIndex;
import io.github.rowsleuth.git.automation.mention.MentionIndex.Mention;
import io.github.rowsleuth.git.automation.surface.Surfaces;
import io.github.rowsleuth.git.automation.tree.RepositoryTree;
import io.github.rowsleuth.git.automation.tree.TreeFile;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who runs what at one commit: read once, asked often. */
public final class AutomationSurvey {

    private static final int MAX_CALLERS = 400;

    private final RepositoryTree tree;
    private final Explorer explorer;
    private final MentionIndex mentions;
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private int documents;

    private AutomationSurvey(RepositoryTree tree, Set<String> asked) {
        this.tree = tree;
        this.explorer = new Explorer(tree);
        this.mentions = new MentionIndex(tree, asked);
        Surfaces.kinds().forEach(k -> counts.put(k, 0));
    }

    /**
     * Reads a commit.
     *
     * @param asked paths that will be asked about; of those that nothing else reaches, the scripts that name them are read
     */
    public static AutomationSurvey of(RepositoryTree tree, Set<String> asked) throws InterruptedException {
        AutomationSurvey survey = new AutomationSurvey(tree, asked);
        survey.read();
        survey.explorer.explore();
        survey.callers(asked);
        return survey;
    }

    private void read() throws InterruptedException {
        for (TreeFile file : tree.files()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the examination was stopped");
            }
            if (TextFiles.worthReading(file)) {
                Optional<String> text = tree.text(file);
                text.ifPresent(t -> read(file, t));
            }
        }
    }

    private void read(TreeFile file, String text) {
        Surfaces.read(file, text, explorer).forEach(k -> counts.merge(k, 1, Integer::sum));
        mentions.add(file.path(), text);
        documents += TextFiles.isDocument(file.path()) ? 1 : 0;
    }

    /** Reads scripts that nothing runs but a person, if they could lead to one that is asked about. */
    private void callers(Set<String> asked) throws InterruptedException {
        Deque<String> open = new ArrayDeque<>(new java.util.TreeSet<>(asked));
        Set<String> seen = new HashSet<>(asked);
        int read = 0;
        while (!open.isEmpty() && read < MAX_CALLERS) {
            String path = open.poll();
            for (Mention mention : mentions.of(path)) {
                boolean unread = !TextFiles.isDocument(mention.file()) && seen.add(mention.file());
                if (unread) {
                    read++;
                    explorer.visit(Node.file(mention.file()));
                    explorer.explore();
                    boolean leads = explorer.graph().out(Node.file(mention.file())).stream()
                            .anyMatch(e -> seen.contains(e.to().path()));
                    if (leads) {
                        open.add(mention.file());
                    }
                }
            }
        }
    }

    public AutomationGraph graph() {
        return explorer.graph();
    }

    public RepositoryTree tree() {
        return tree;
    }

    /** How many files of each kind were read. */
    public Map<String, Integer> counts() {
        return counts;
    }

    public int documents() {
        return documents;
    }

    public List<Mention> mentions(String path) {
        return mentions.of(path);
    }

    /** The function that a line of a program stands in, with its class; empty at the top level or in what is none. */
    public String functionAt(String path, int line) {
        return explorer.functionAt(path, line);
    }
}
