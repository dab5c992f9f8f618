package io.github.rowsleuth.sql;

import io.github.rowsleuth.sql.OpenStatement.Verb;
import io.github.rowsleuth.sql.Token.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Walks once over the tokens of one statement. A verb counts only where a statement can begin; this is what tells
 * {@code DELETE FROM t} from {@code ON DELETE CASCADE}, {@code GRANT DELETE} and a column of that name.
 */
final class StatementWalker {

    /** Any statement can follow these. */
    private static final Set<String> OPENERS =
            Set.of("then", "else", "loop", "begin", "atomic", "also", "instead", "do");

    private static final Set<String> CREATES_NOTHING_THAT_RUNS =
            Set.of("trigger", "constraint", "event", "policy", "publication");

    private final Cursor cursor;
    private final Scan scan;
    private final Found found;
    private final Deque<OpenStatement> open = new ArrayDeque<>();
    private boolean deferred;
    private int depth;
    /** Where a statement begins for a reason that lies further back, such as {@code EXPLAIN ANALYZE}. */
    private int begins;

    StatementWalker(Cursor cursor, Scan scan, Found found, boolean deferred) {
        this.cursor = cursor;
        this.scan = scan;
        this.found = found;
        this.deferred = deferred;
        this.begins = cursor.pos();
    }

    void walk() {
        while (!cursor.atEnd()) {
            int before = cursor.pos();
            step();
            if (cursor.pos() == before) {
                cursor.advance();
            }
        }
        closeDeeperThan(Integer.MIN_VALUE);
    }

    private void step() {
        Token token = cursor.peek();
        if (token.symbol("(")) {
            depth++;
        } else if (token.symbol(")")) {
            depth--;
            closeDeeperThan(depth);
        } else if (token.symbol(";")) {
            closeDeeperThan(Integer.MIN_VALUE);
            begins = cursor.pos() + 1;
        } else if (token.is(Kind.WORD)) {
            word(token.text());
        }
    }

    private void word(String word) {
        Token before = cursor.peek(-1);
        boolean strong = cursor.pos() == begins || (before.is(Kind.WORD) && OPENERS.contains(before.text()));
        boolean weak = before.symbol("(") || before.symbol(")") || before.word("in") || before.word("query");
        boolean taken = ((strong || weak) && rowVerb(word)) || (strong && otherVerb(word));
        if (!taken) {
            clause(word);
        }
    }

    /** Verbs that may stand in a common table expression too. */
    private boolean rowVerb(String word) {
        return switch (word) {
            case "delete" -> delete();
            case "update" -> update();
            case "insert" -> insert();
            case "merge" -> merge();
            default -> false;
        };
    }

    private boolean otherVerb(String word) {
        switch (word) {
            case "truncate" -> new DropReader(cursor, found).truncate(deferred);
            case "drop" -> new DropReader(cursor, found).drop(deferred);
            case "alter" -> new AlterReader(cursor, found, deferred).read();
            case "grant", "revoke", "comment" -> cursor.toEnd();
            case "create" -> create();
            case "explain" -> explain();
            case "prepare" -> prepare();
            case "do" -> doBlock();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void clause(String word) {
        switch (word) {
            case "where" -> top().ifPresent(s -> s.where(WhereReader.shape(cursor, 1)));
            case "as" -> routineBody();
            case "execute" -> execute();
            case "schedule", "schedule_in_database", "alter_job" -> schedule();
            default -> {}
        }
    }

    /** The innermost statement, if what stands here belongs to it and not to a query inside of it. */
    private Optional<OpenStatement> top() {
        return Optional.ofNullable(open.peek()).filter(s -> s.depth() == depth);
    }

    private void open(Verb verb, Optional<SqlObject> object, int offset) {
        closeDeeperThan(depth - 1);
        open.push(new OpenStatement(verb, object.map(List::of).orElseGet(List::of), offset, depth));
    }

    private void closeDeeperThan(int bound) {
        for (OpenStatement top = open.peek(); top != null && top.depth() > bound; top = open.peek()) {
            open.pop().close(found, deferred);
        }
    }

    private int offset() {
        return cursor.source().offset(cursor.peek().start());
    }

    private boolean delete() {
        int offset = offset();
        if (cursor.peek(-1).word("then") && top().filter(s -> s.is(Verb.MERGE)).isPresent()) {
            top().ifPresent(OpenStatement::destroys);
            return true;
        }
        if (!cursor.accept("delete", "from")) {
            return false;
        }
        Optional<SqlObject> table = new NameReader(cursor).table();
        open(Verb.DELETE, table, offset);
        Token next = cursor.peek();
        if (table.isPresent() && next.is(Kind.HOLE) && !next.text().startsWith("?")) {
            // A template's own place for the condition: it would claim too much to say that there is none.
            top().ifPresent(s -> s.where(WhereShape.FILTERED));
        }
        return true;
    }

    private boolean update() {
        int offset = offset();
        if (cursor.peek(1).word("set") && cursor.peek(-1).word("do")) {
            upsert(offset);
            return true;
        }
        int start = cursor.pos();
        cursor.advance();
        Optional<SqlObject> table = new NameReader(cursor).table();
        cursor.accept("as");
        boolean set = cursor.at("set") || cursor.peek(1).word("set");
        if (table.isEmpty() || !set) {
            cursor.moveTo(start);
            return false;
        }
        open(Verb.UPDATE, table, offset);
        return true;
    }

    private void upsert(int offset) {
        if (top().filter(s -> s.is(Verb.INSERT)).isEmpty()) {
            // The beginning of the statement was cut off.
            open(Verb.INSERT, Optional.empty(), offset);
        }
        top().ifPresent(OpenStatement::destroys);
        cursor.advance();
    }

    private boolean insert() {
        int offset = offset();
        if (!cursor.accept("insert", "into")) {
            return false;
        }
        open(Verb.INSERT, new NameReader(cursor).name(), offset);
        return true;
    }

    private boolean merge() {
        int offset = offset();
        if (!cursor.accept("merge", "into")) {
            return false;
        }
        open(Verb.MERGE, new NameReader(cursor).table(), offset);
        return true;
    }

    private void create() {
        cursor.advance();
        cursor.accept("or", "replace");
        Token what = cursor.peek();
        if (what.is(Kind.WORD) && CREATES_NOTHING_THAT_RUNS.contains(what.text())) {
            cursor.toEnd();
        } else if (what.word("function") || what.word("procedure") || what.word("rule")) {
            deferred = true;
        }
    }

    private void explain() {
        if (ExplainReader.runs(cursor)) {
            begins = cursor.pos();
        } else {
            cursor.toEnd();
        }
    }

    private void prepare() {
        cursor.advance(2);
        if (cursor.peek().symbol("(")) {
            cursor.skipParentheses();
        }
        if (cursor.accept("as")) {
            deferred = true;
            begins = cursor.pos();
        }
    }

    private void doBlock() {
        cursor.advance();
        if (cursor.at("language")) {
            cursor.advance(2);
        }
        if (cursor.peek().is(Kind.STRING)) {
            scan.literal(Concatenation.read(cursor), deferred);
        }
    }

    private void routineBody() {
        cursor.advance();
        if (deferred && cursor.peek().is(Kind.STRING)) {
            scan.literal(Concatenation.read(cursor), true);
        }
    }

    private void execute() {
        cursor.advance();
        cursor.accept("immediate");
        int parentheses = 0;
        while (cursor.acceptSymbol("(")) {
            parentheses++;
        }
        if (Concatenation.at(cursor)) {
            scan.literal(Concatenation.read(cursor), deferred);
        }
        depth += parentheses;
    }

    /** {@code cron.schedule('name', '0 3 * * *', 'statement')}: every literal but the first can be the statement. */
    private void schedule() {
        boolean call = cursor.peek(-1).symbol(".")
                && cursor.peek(-2).word("cron")
                && cursor.peek(1).symbol("(");
        cursor.advance();
        if (!call) {
            return;
        }
        cursor.advance();
        boolean first = true;
        int inner = 1;
        while (!cursor.atEnd() && inner > 0) {
            if (!first && Concatenation.at(cursor)) {
                scan.literal(Concatenation.read(cursor), true);
                continue;
            }
            inner += cursor.peek().symbol("(") ? 1 : cursor.peek().symbol(")") ? -1 : 0;
            first = false;
            cursor.advance();
        }
    }
}
