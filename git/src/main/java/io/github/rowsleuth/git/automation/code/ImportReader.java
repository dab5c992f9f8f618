package io.github.rowsleuth.git.automation.code;

import io.github.rowsleuth.git.automation.code.CodeFile.Import;
import io.github.rowsleuth.git.automation.code.CodeFile.Name;
import io.github.rowsleuth.git.automation.code.CodeFile.Place;
import io.github.rowsleuth.git.automation.code.CodeToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a program loads of other files: imports of Python and JavaScript, and the requires of the others. */
final class ImportReader {

    private static final int MAX_IMPORTS = 2_000;
    private static final Place TOP = new Place("", false, false, List.of(), Optional.empty());

    private final List<CodeToken> tokens;
    private final int[] matches;
    private final Scopes scopes;
    private final CodeLanguage language;
    private final List<Import> found = new ArrayList<>();

    ImportReader(List<CodeToken> tokens, int[] matches, Scopes scopes, CodeLanguage language) {
        this.tokens = tokens;
        this.matches = matches;
        this.scopes = scopes;
        this.language = language;
    }

    List<Import> read() {
        for (int i = 0; i < tokens.size() && found.size() < MAX_IMPORTS; i++) {
            CodeToken token = tokens.get(i);
            if (token.kind() != Kind.NAME) {
                continue;
            }
            boolean first = i == 0
                    || tokens.get(i - 1).kind() == Kind.LINE_END
                    || tokens.get(i - 1).is(';')
                    || tokens.get(i - 1).is(':');
            switch (language) {
                case PYTHON -> {
                    if (first) {
                        python(i);
                    }
                }
                case JAVASCRIPT -> javascript(i, first);
                case RUBY, PHP -> required(i);
                default -> {}
            }
        }
        return found;
    }

    private Place place(int at) {
        Place place = scopes.at(at);
        return place == null ? TOP : place;
    }

    private void add(String module, List<Name> names, String alias, int at) {
        if (!module.isEmpty()) {
            found.add(new Import(module, names, alias, tokens.get(at).line(), place(at)));
        }
    }

    private void python(int start) {
        if (tokens.get(start).isName("import")) {
            int at = start + 1;
            while (at < tokens.size()
                    && tokens.get(at).kind() != Kind.LINE_END
                    && !tokens.get(at).is(';')) {
                StringBuilder module = new StringBuilder();
                at = dotted(at, module);
                String alias = module.toString();
                if (at + 1 < tokens.size() && tokens.get(at).isName("as")) {
                    alias = tokens.get(at + 1).text();
                    at += 2;
                }
                add(module.toString(), List.of(), alias, start);
                at = at < tokens.size() && tokens.get(at).is(',') ? at + 1 : nextLine(at);
            }
        } else if (tokens.get(start).isName("from")) {
            StringBuilder module = new StringBuilder();
            int at = dotted(start + 1, module);
            if (at < tokens.size() && tokens.get(at).isName("import")) {
                add(module.toString(), names(at + 1), "", start);
            }
        }
    }

    private int nextLine(int from) {
        int at = from;
        while (at < tokens.size() && tokens.get(at).kind() != Kind.LINE_END) {
            at++;
        }
        return at;
    }

    private int dotted(int from, StringBuilder into) {
        int at = from;
        while (at < tokens.size()
                && (tokens.get(at).is('.')
                        || (tokens.get(at).kind() == Kind.NAME
                                && !tokens.get(at).isName("import")
                                && !tokens.get(at).isName("as")))) {
            into.append(tokens.get(at).text());
            at++;
        }
        return at;
    }

    /** Names between commas, each perhaps with another one; brackets around them are passed. */
    private List<Name> names(int from) {
        List<Name> names = new ArrayList<>();
        for (int at = from;
                at < tokens.size()
                        && tokens.get(at).kind() != Kind.LINE_END
                        && !tokens.get(at).is(';');
                at++) {
            CodeToken token = tokens.get(at);
            if (token.kind() == Kind.NAME || token.is('*')) {
                String alias = token.text();
                if (at + 2 < tokens.size() && tokens.get(at + 1).isName("as")) {
                    alias = tokens.get(at + 2).text();
                    names.add(new Name(token.text(), alias));
                    at += 2;
                } else {
                    names.add(new Name(token.text(), alias));
                }
            }
        }
        return names;
    }

    private void javascript(int at, boolean first) {
        CodeToken token = tokens.get(at);
        if (first && (token.isName("import") || token.isName("export"))) {
            int end = at;
            while (end < tokens.size()
                    && end - at < 400
                    && tokens.get(end).kind() != Kind.STRING
                    && !tokens.get(end).is(';')
                    && !tokens.get(end).is('=')
                    && !tokens.get(end).is('(')) {
                end = matches[end] > end && tokens.get(end).is('{') ? matches[end] + 1 : end + 1;
            }
            boolean from = end < tokens.size()
                    && tokens.get(end).kind() == Kind.STRING
                    && (tokens.get(end - 1).isName("from") || end == at + 1);
            if (from && !(at + 1 < tokens.size() && tokens.get(at + 1).isName("type"))) {
                clause(at + 1, end, tokens.get(end).text(), at);
            }
            return;
        }
        boolean load = (token.isName("require") || token.isName("import"))
                && at + 2 < tokens.size()
                && tokens.get(at + 1).is('(')
                && tokens.get(at + 2).kind() == Kind.STRING;
        if (load) {
            required(at, tokens.get(at + 2).text());
        }
    }

    /** {@code import a, { b as c } from 'm'} and {@code import * as d from 'm'}. */
    private void clause(int from, int to, String module, int at) {
        List<Name> names = new ArrayList<>();
        String alias = "";
        for (int i = from; i < to; i++) {
            CodeToken token = tokens.get(i);
            if (token.is('*') && i + 2 < to && tokens.get(i + 1).isName("as")) {
                alias = tokens.get(i + 2).text();
                i += 2;
            } else if (token.is('{') && matches[i] > i) {
                names.addAll(braced(i + 1, matches[i]));
                i = matches[i];
            } else if (token.kind() == Kind.NAME && !token.isName("from") && !token.isName("as")) {
                names.add(new Name("default", token.text()));
            }
        }
        add(module, names, alias, at);
    }

    private List<Name> braced(int from, int to) {
        List<Name> names = new ArrayList<>();
        for (int i = from; i < to; i++) {
            CodeToken token = tokens.get(i);
            if (token.kind() == Kind.NAME) {
                boolean renamed = i + 2 < to
                        && (tokens.get(i + 1).isName("as") || tokens.get(i + 1).is(':'));
                names.add(new Name(token.text(), renamed ? tokens.get(i + 2).text() : token.text()));
                i += renamed ? 2 : 0;
            }
        }
        return names;
    }

    /** {@code const { a, b: c } = require('m')}, {@code const m = require('m')}, or only {@code require('m')}. */
    private void required(int at, String module) {
        int sign = at - 1;
        while (sign > 0 && (tokens.get(sign).isName("await") || tokens.get(sign).is('('))) {
            sign--;
        }
        if (sign <= 0 || !tokens.get(sign).is('=')) {
            add(module, List.of(), "", at);
        } else if (tokens.get(sign - 1).is('}') && matches[sign - 1] < sign) {
            add(module, braced(matches[sign - 1] + 1, sign - 1), "", at);
        } else {
            add(module, List.of(), tokens.get(sign - 1).text(), at);
        }
    }

    private void required(int at) {
        CodeToken token = tokens.get(at);
        boolean loads = token.isName("require_relative")
                || token.isName("require")
                || token.isName("load")
                || token.isName("include")
                || token.isName("require_once")
                || token.isName("include_once");
        int next = at + 1 < tokens.size() && tokens.get(at + 1).is('(') ? at + 2 : at + 1;
        if (loads && next < tokens.size() && tokens.get(next).kind() == Kind.STRING) {
            String module = tokens.get(next).text();
            add(
                    token.isName("require_relative") && !module.startsWith(".") ? "./" + module : module,
                    List.of(),
                    "",
                    at);
        }
    }
}
