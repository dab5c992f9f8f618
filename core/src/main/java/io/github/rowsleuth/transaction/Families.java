package io.github.rowsleuth.transaction;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which top-level transaction each subtransaction belongs to, by all sources together. */
final class Families {

    private final Map<Long, Long> parents = new HashMap<>();

    Families(List<TransactionSource> sources) {
        for (TransactionSource source : sources) {
            Set<Long> rolledBack = rolledBack(source);
            for (ObservedTransaction transaction : source.transactions()) {
                for (Long sub : transaction.subtransactions()) {
                    if (sub != transaction.xid() && !rolledBack.contains(sub)) {
                        parents.putIfAbsent(sub, transaction.xid());
                    }
                }
            }
        }
    }

    /** A savepoint that was rolled back has an end of its own, and no part in what its parent committed. */
    private static Set<Long> rolledBack(TransactionSource source) {
        Set<Long> rolledBack = new HashSet<>();
        source.transactions().stream()
                .filter(t -> t.end() == TransactionEnd.ABORTED)
                .forEach(t -> rolledBack.add(t.xid()));
        return rolledBack;
    }

    /** The top-level transaction of that id; the id itself where nothing else is known. */
    long topOf(long xid) {
        long top = xid;
        Set<Long> passed = new HashSet<>(Set.of(xid));
        while (parents.containsKey(top) && passed.add(parents.get(top))) {
            top = parents.get(top);
        }
        return top;
    }
}
