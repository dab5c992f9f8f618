package io.github.rowsleuth.logs.horizon;

import io.github.rowsleuth.logs.record.Place;
import io.github.rowsleuth.logs.time.Stamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a log could have shown, from its beginning to its end.
 *
 * @param sights what it showed, stretch by stretch; never empty
 */
public record Timeline(List<Sight> sights) {

    /**
     * A stretch in which the same was visible.
     *
     * @param from when it began
     * @param to when it ended
     * @param begin where it begins; empty at the beginning of everything
     * @param level which successful statements it shows
     * @param texts whether any statement was logged in it
     * @param showsTransactions whether a statement outside of any block that the log shows was outside of all
     */
    public record Sight(
            Stamp from,
            Stamp to,
            java.util.Optional<Place> begin,
            Level level,
            boolean texts,
            boolean showsTransactions) {

        /** {@return whether it is more than the moment in which several settings change} */
        public boolean lasts() {
            return texts || !from.known() || !to.known() || to.local() - from.local() > 1_000;
        }
    }

    static Timeline of(List<Stretch> stretches, List<LogSpan> logs) {
        Map<String, String> settings = new HashMap<>();
        List<Sight> sights = new ArrayList<>();
        for (int i = 0; i < stretches.size(); i++) {
            Stretch stretch = stretches.get(i);
            settings.put(stretch.setting(), stretch.value());
            Stamp from = begin(stretch, logs);
            Stamp to = i + 1 < stretches.size() ? begin(stretches.get(i + 1), logs) : last(logs);
            Level level = configured(settings).or(Signs.level(stretch.signs()));
            boolean texts = (stretch.signs() & Signs.TEXTS) != 0;
            boolean transactions = (stretch.signs() & Signs.TRANSACTIONS) != 0;
            boolean all = level == Level.ALL && (transactions || settings.containsKey("log_statement"));
            sights.add(
                    new Sight(from, to, java.util.Optional.ofNullable(stretch.begin()), level, texts, all || !texts));
        }
        return new Timeline(sights);
    }

    private static Stamp begin(Stretch stretch, List<LogSpan> logs) {
        Place begin = stretch.begin();
        return begin == null ? first(logs) : begin.stamp();
    }

    private static Stamp first(List<LogSpan> logs) {
        return logs.stream()
                .map(LogSpan::first)
                .filter(Stamp::known)
                .findFirst()
                .orElse(Stamp.UNKNOWN);
    }

    private static Stamp last(List<LogSpan> logs) {
        return logs.stream()
                .map(LogSpan::last)
                .filter(Stamp::known)
                .reduce((a, b) -> b)
                .orElse(Stamp.UNKNOWN);
    }

    private static Level configured(Map<String, String> settings) {
        Level level = Level.ofLogStatement(settings.getOrDefault("log_statement", ""));
        level = level.or(Level.ofMinimumDuration(settings.getOrDefault("log_min_duration_statement", "-1")));
        level = level.or(Level.ofAudit(settings.getOrDefault("pgaudit.log", "")));
        Level plans = Level.ofMinimumDuration(settings.getOrDefault("auto_explain.log_min_duration", "-1"));
        return level.or(plans == Level.ALL ? Level.PLANS : Level.NONE);
    }

    /** {@return the stretch that a record is in} */
    public Sight at(Place place) {
        Sight at = sights.get(0);
        for (Sight sight : sights) {
            if (sight.begin().filter(begin -> begin.compareTo(place) <= 0).isPresent()) {
                at = sight;
            }
        }
        return at;
    }
}
