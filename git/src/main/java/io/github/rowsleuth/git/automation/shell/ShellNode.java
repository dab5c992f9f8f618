package io.github.rowsleuth.git.automation.shell;

import java.util.List;
import java.util.Optional;

/** A piece of the grammar of a shell. */
sealed interface ShellNode {

    /** A value that is given to a variable; an array has several words. */
    record Assignment(String name, List<Word> values) {
        public Assignment {
            values = List.copyOf(values);
        }
    }

    /** A redirection: the operator with the file, or the text of a here-document. */
    record Redirect(String operator, Word target, Optional<HereDocument> document) {}

    /** A command with its arguments. */
    record Simple(int line, List<Assignment> assignments, List<Word> words, List<Redirect> redirects, String source)
            implements ShellNode {
        public Simple {
            assignments = List.copyOf(assignments);
            words = List.copyOf(words);
            redirects = List.copyOf(redirects);
        }
    }

    /** Commands that run side by side, the output of one being the input of the next. */
    record Pipe(List<ShellNode> parts) implements ShellNode {
        public Pipe {
            parts = List.copyOf(parts);
        }
    }

    /** Two commands, the second of which runs if the first succeeds, or if it fails. */
    record AndOr(ShellNode first, boolean and, ShellNode second, String firstText, int line) implements ShellNode {}

    /** Commands one after another. */
    record Sequence(List<ShellNode> parts) implements ShellNode {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /** A condition with what it leads to. */
    record Branch(String text, int line, ShellNode condition, ShellNode body) {}

    /** Branches, and what happens where none is taken. */
    record If(List<Branch> branches, Optional<ShellNode> otherwise) implements ShellNode {
        public If {
            branches = List.copyOf(branches);
        }
    }

    /** A loop over words. */
    record For(String variable, List<Word> items, ShellNode body) implements ShellNode {
        public For {
            items = List.copyOf(items);
        }
    }

    /** A loop while something holds. */
    record While(String text, int line, ShellNode condition, ShellNode body) implements ShellNode {}

    /** One way of a choice. */
    record Arm(List<Word> patterns, ShellNode body, int line) {
        public Arm {
            patterns = List.copyOf(patterns);
        }
    }

    /** A choice by a word. */
    record Case(Word subject, String text, List<Arm> arms) implements ShellNode {
        public Case {
            arms = List.copyOf(arms);
        }
    }

    /** Commands in brackets or braces. */
    record Group(ShellNode body, boolean subshell, List<Redirect> redirects) implements ShellNode {
        public Group {
            redirects = List.copyOf(redirects);
        }
    }

    /** A function that is defined. */
    record Function(String name, ShellNode body, int line) implements ShellNode {}
}
