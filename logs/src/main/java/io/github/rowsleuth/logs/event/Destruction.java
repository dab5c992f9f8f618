package io.github.rowsleuth.logs.event;

import io.github.rowsleuth.logs.record.Text;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.SqlObject;
import io.github.rowsleuth.sql.StatementKind;
import io.github.rowsleuth.sql.WhereShape;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can be said of destructive statements without looking at a log. */
final class Destruction {

    private Destruction() {}

    /** {@return a statement of that kind on one table, for sources that do not show its text} */
    static DestructiveStatement of(StatementKind kind, Optional<SqlObject> object) {
        WhereShape where = kind == StatementKind.DELETE ? WhereShape.FILTERED : WhereShape.NOT_APPLICABLE;
        return new DestructiveStatement(kind, object.map(List::of).orElse(List.of()), false, where, false, 0, 1);
    }

    /** {@return the object that {@code schema.name} names, as the catalogs hold it} */
    static Optional<SqlObject> object(String qualified) {
        int dot = qualified.indexOf('.');
        String schema = dot < 0 ? "" : unquoted(qualified.substring(0, dot));
        String name = unquoted(qualified.substring(dot + 1));
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(new SqlObject(Optional.of(schema).filter(s -> !s.isEmpty()), name, false));
    }

    private static String unquoted(String name) {
        return name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name;
    }

    /** {@return whether both can be the same act, one seen in a text and one reported by name} */
    static boolean agree(DestructiveStatement text, DestructiveStatement reported) {
        boolean sameKind = text.kind() == reported.kind()
                || (text.kind() == StatementKind.MERGE_DELETE && reported.kind() == StatementKind.DELETE);
        return sameKind
                && (reported.objects().isEmpty()
                        || names(text, reported.objects().get(0)));
    }

    private static boolean names(DestructiveStatement statement, SqlObject object) {
        return statement.objects().stream()
                .anyMatch(o -> o.dynamic()
                        || (o.name().equals(object.name())
                                && (o.schema().isEmpty()
                                        || object.schema().isEmpty()
                                        || o.schema().equals(object.schema()))));
    }

    static void write(DestructiveStatement s, DataOutput out) throws IOException {
        out.writeUTF(s.kind().name());
        out.writeBoolean(s.cascade());
        out.writeUTF(s.where().name());
        out.writeBoolean(s.deferred());
        out.writeInt(s.offset());
        out.writeInt(s.line());
        out.writeInt(s.objects().size());
        for (SqlObject object : s.objects()) {
            Text.write(out, object.schema().orElse(""));
            Text.write(out, object.name());
            out.writeBoolean(object.dynamic());
        }
    }

    static DestructiveStatement read(DataInput in) throws IOException {
        StatementKind kind = StatementKind.valueOf(in.readUTF());
        boolean cascade = in.readBoolean();
        WhereShape where = WhereShape.valueOf(in.readUTF());
        boolean deferred = in.readBoolean();
        int offset = in.readInt();
        int line = in.readInt();
        List<SqlObject> objects = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            String schema = Text.read(in);
            String name = Text.read(in);
            objects.add(new SqlObject(Optional.of(schema).filter(s -> !s.isEmpty()), name, in.readBoolean()));
        }
        return new DestructiveStatement(kind, objects, cascade, where, deferred, offset, line);
    }
}
